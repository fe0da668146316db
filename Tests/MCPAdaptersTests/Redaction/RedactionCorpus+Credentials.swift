private typealias Text = RedactionRandom

extension RedactionCorpus {
  /// Secrets that are known by what stands around them, inside other text.
  static var credentials: [Shape] {
    [
      (
        "bearer", { $0.text(Text.base62, 32...48) },
        [
          "curl -H 'Authorization: Bearer ¤' https://api.host.io/v1",
          "Authorization: Bearer ¤", "authorization: bearer ¤", "Proxy-Authorization: Bearer ¤",
          #"curl -H "Authorization: Bearer ¤" https://api.host.io"#,
          #"headers = {"Authorization": "Bearer ¤"}"#, "headers={'authorization': 'token ¤'}",
          "auth := \"Bearer ¤\"",
        ]
      ),
      (
        "basic", { encoded("user\($0.text(Text.digits, 2)):\($0.password())") },
        ["Authorization: Basic ¤", #"curl -H "Authorization: Basic ¤" https://host.io"#]
      ),
      (
        "connection string", { $0.text(Text.base62, 8...20) },
        [
          "postgres://app:¤@db.internal:5432/main", "postgresql+asyncpg://svc:¤@10.0.0.7/app",
          "mysql://root:¤@localhost:3306/shop", "redis://:¤@cache:6379/0",
          "mongodb+srv://admin:¤@cluster0.abcde.mongodb.net/?retryWrites=true",
          "amqps://worker:¤@mq.host.io/vhost", "https://deploy:¤@git.host.io/team/app.git",
          "DATABASE_URL=\"postgres://app:¤@db/main?sslmode=require\"",
        ]
      ),
      (
        "environment", { $0.password() },
        [
          "export DB_PASSWORD='¤'", "POSTGRES_PASSWORD=\"¤\" docker compose up",
          "docker run -e MYSQL_ROOT_PASSWORD='¤' mysql", "PGPASSWORD='¤' psql -h db",
          "set SMTP_PASSWD=\"¤\"",
        ]
      ),
      (
        "environment token", { $0.text(Text.base62, 24...40) },
        [
          "export TOKEN=¤", "API_KEY=¤ npm run deploy", "ENV CLIENT_SECRET=¤", "SECRET_KEY=¤",
          "docker build --build-arg ACCESS_TOKEN=¤ .", "GH_ENTERPRISE_TOKEN=¤ gh api /user",
        ]
      ),
      (
        "option", { $0.text(Text.base62, 10...20) + "4x" },
        [
          "mysql --user app --password ¤ shop", "mysql --password=¤ shop",
          "vault login --password '¤'", "restic --db-password \"¤\" backup",
        ]
      ),
      (
        "option token", { $0.text(Text.base62, 24...40) },
        [
          "deploy --token ¤ --yes", "deploy --api-key=¤", "login --client-secret \"¤\"",
          "tool --access-token ¤",
        ]
      ),
      (
        "code", { $0.text(Text.base62, 12...18) + "!7" },
        [
          "password = \"¤\"", "conn = connect(user='app', password='¤')", "let dbPassword = \"¤\";",
          "{'password': '¤'}", "this.smtpPassword = '¤'", "<password>¤</password>",
        ]
      ),
      (
        "code token", { $0.text(Text.hex, 32) },
        [
          "api_key = \"¤\"", "const apiKey = '¤';", "client_secret: \"¤\"", "secret_key=¤",
          "https://api.host.io/v1/me?access_token=¤&page=2", "x-api-key: ¤", "authToken: '¤'",
        ]
      ),
      (
        "aws secret", { $0.text(Text.base64, 39) + "b" },
        [
          "aws_secret_access_key = ¤", "export AWS_SECRET_ACCESS_KEY=¤",
          #"{"SecretAccessKey": "¤"}"#,
        ]
      ),
      (
        "azure storage", { $0.text(Text.base64, 86) + "==" },
        [
          "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=¤;EndpointSuffix=core.windows.net"
        ]
      ),
      (
        "slack webhook",
        {
          "hooks.slack.com/" + "services/T" + $0.text(Text.upperBase36, 8) + "/B"
            + $0.text(Text.upperBase36, 10) + "/" + $0.text(Text.base62, 24)
        },
        ["curl -X POST https://¤", "url: https://¤"]
      ),
      (
        "curl user", { $0.password() },
        ["curl -u admin:¤ https://host.io/api", "curl -s -u 'ci:¤' https://h.io"]
      ),
    ]
  }

  /// Fields of JSON, each with a line of its own.
  static var fields: [Shape] {
    [
      (
        "json password", { $0.password() },
        [
          #"{"user":"app","password":"¤"}"#, #"{"db":{"Password" : "¤","port":5432}}"#,
          #"{"arguments":{"passwd":"¤"},"id":7}"#, #"{"passphrase":"¤"}"#,
          #"{"arguments":"{\"user\":\"app\",\"password\":\"¤\"}"}"#,
          #"{"a":"{\"b\":\"{\\\"password\\\":\\\"¤\\\"}\"}"}"#,
          #"{"smtp_password":"¤","user_pwd":null}"#, #"{"body":"password\u003d\"¤\""}"#,
          #"{"env":[{"name":"DB_PASSWORD","value":"¤"}]}"#,
          #"{"argv":["mysql","--password","¤","shop"]}"#,
        ]
      ),
      (
        "json token", { $0.text(Text.base62, 24...48) },
        [
          #"{"access_token":"¤","token_type":"bearer","expires_in":3600}"#,
          #"{"refresh_token": "¤"}"#, #"{"client_secret":"¤"}"#, #"{"apiKey":"¤"}"#,
          #"{"api_key":"¤","model":"x"}"#, #"{"headers":{"x-api-key":"¤"}}"#,
          #"{"headers":{"Authorization":"¤"}}"#, #"{"headers":{"Authorization":"Bearer ¤"}}"#,
          #"{"token":"¤"}"#, #"{"secret":"¤"}"#, #"{"signingSecret":"¤"}"#,
          #"{"private_key":"¤"}"#, #"{"arguments":"{\"auth_token\":\"¤\"}"}"#,
        ]
      ),
      // People's own words, which cannot be told from labels: some of them are expected misses.
      (
        "weak", { $0.one(of: ["letmein", "correcthorse", "sunshine", "opensesame"]) },
        [#"{"password":"¤"}"#, "password: ¤", "MYSQL_PASSWORD=¤", "mysql --password ¤"]
      ),
      ("yaml", { $0.password() }, ["password: '¤'", "db:\\n  password: \"¤\"\\n"]),
    ]
  }
}

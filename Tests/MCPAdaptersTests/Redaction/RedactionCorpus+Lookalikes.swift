private typealias Text = RedactionRandom

extension RedactionCorpus {
  static var lookalikes: [Lookalike] { identities + encodings + placeholders + code }

  private static var identities: [Lookalike] {
    [
      ("md5", { $0.text(Text.hex, 32) + "  dist/app.js" }),
      ("git hash", { "commit " + $0.text(Text.hex, 40) }),
      ("sha256", { "sha256:" + $0.text(Text.hex, 64) }),
      ("sha512", { $0.text(Text.hex, 128) }),
      ("uuid", { $0.uuid() }),
      ("uuid field", { "session_id=" + $0.uuid() }),
      ("claude call", { "toolu_01" + $0.text(Text.base62, 22) }),
      ("openai call", { "call_" + $0.text(Text.base62, 24) }),
      ("message", { "msg_01" + $0.text(Text.base62, 22) }),
      ("request", { "req_011" + $0.text(Text.base62, 21) }),
      ("response", { "resp_" + $0.text(Text.hex, 48) }),
      ("publishable key", { "pk_" + "live_" + $0.text(Text.base62, 24) }),
      ("trace", { "00-" + $0.text(Text.hex, 32) + "-" + $0.text(Text.hex, 16) + "-01" }),
      ("account", { "AC" + $0.text(Text.hex, 32) }),
      ("object id", { $0.text(Text.hex, 24) }),
      ("ulid", { "01" + $0.text(Text.upperBase36, 24) }),
      (
        "arn",
        {
          "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/Db-" + $0.text(Text.base62, 6)
        }
      ),
      ("hyphenated", { "task-" + $0.text(Text.hex, 32) + " disk-" + $0.text(Text.base62, 40) }),
      ("underscored", { "xghp_" + $0.text(Text.base62, 36) }),
      (
        "short prefix",
        { "gh" + "p_" + $0.text(Text.base62, 12) + " sk-" + $0.text(Text.base62, 10) }
      ),
      ("page token", { #"{"next_page_token":"\#($0.text(Text.base62, 40))"}"# }),
      ("progress token", { #"{"progressToken":"\#($0.uuid())"}"# }),
      ("token of uuid", { #"{"token":"\#($0.uuid())"}"# }),
      ("usage", { #"{"input_tokens":\#($0.text(Text.digits, 5)),"output_tokens":7}"# }),
      ("docker digest", { "docker://alpine:3.19@sha256:" + $0.text(Text.hex, 64) }),
    ]
  }

  private static var encodings: [Lookalike] {
    [
      ("image", { "data:image/png;base64,iVBORw0KGgo" + $0.text(Text.base64, 600...2000) + "==" }),
      ("base64", { $0.text(Text.base64, 300...900) }),
      ("base64url", { $0.text(Text.base64url, 300...900) }),
      ("integrity", { "integrity sha512-" + $0.text(Text.base64, 86) + "==" }),
      ("signature", { #"{"type":"thinking","signature":"\#($0.text(Text.base64, 300))"}"# }),
      ("encrypted", { #"{"encrypted_content":"gAAAAA\#($0.text(Text.base64url, 300))"}"# }),
      (
        "ssh key",
        { "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + $0.text(Text.base64, 43) + " me@host" }
      ),
      (
        "certificate",
        {
          "-----BEGIN CERTIFICATE-----\n" + $0.text(Text.base64, 64) + "\n"
            + $0.text(Text.base64, 64)
            + "\n-----END CERTIFICATE-----"
        }
      ),
      (
        "public key",
        { "-----BEGIN PUBLIC KEY-----\n" + $0.text(Text.base64, 64) + "\n-----END PUBLIC KEY-----" }
      ),
      ("encoded json", { encoded(#"{"version":3,"file":"\#($0.text(Text.lower, 20))"}"#) }),
      (
        "no header of a jwt",
        {
          encoded(#"{"kid":"\#($0.text(Text.lower, 9))"}"#) + "." + $0.text(Text.base64url, 40)
            + "."
            + $0.text(Text.base64url, 43)
        }
      ),
      (
        "two parts",
        { encoded(#"{"alg":"HS256","typ":"JWT"}"#) + "." + $0.text(Text.base64url, 40) }
      ),
      ("etag", { "ETag: W/\"" + $0.text(Text.hex, 32) + "\"" }),
      ("prose", { $0.words(40) }),
    ]
  }

  private static var placeholders: [Lookalike] {
    [
      ("crosses", { _ in "gh" + "p_" + String(repeating: "x", count: 36) }),
      ("alphabet", { _ in "gh" + "p_" + "abcdefghijklmnopqrstuvwxyz0123456789" }),
      ("aws example", { _ in "AK" + "IA" + "IOSFODNN7EXAMPLE" }),
      (
        "aws secret example",
        { _ in "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE" + "KEY" }
      ),
      ("your key", { _ in "OPENAI_API_KEY=sk-" + "your-api-key-here" }),
      ("slack example", { _ in "xo" + "xb-your-bot-token-goes-here" }),
      (
        "brackets",
        {
          $0.one(of: [
            "Authorization: Bearer <token>", "--password <password>", "TOKEN=<your-token>",
          ])
        }
      ),
      (
        "variables",
        {
          $0.one(of: [
            "Authorization: Bearer $TOKEN", "PASSWORD=${DB_PASSWORD}", "--token \"$GH_TOKEN\"",
          ])
        }
      ),
      (
        "templates",
        {
          $0.one(of: [
            "api_key: {{ api_key }}", "password: ${{ secrets.DB_PASSWORD_2 }}", "token=%(token)s",
          ])
        }
      ),
      ("stars", { _ in #"{"password":"********"}"# }),
      ("change me", { _ in "POSTGRES_PASSWORD=changeme123" }),
      (
        "user and password",
        {
          $0.one(of: [
            "https://user:password@host.io/", "postgres://user:<pw>@db/x",
            "redis://:$REDIS_PW@cache",
          ])
        }
      ),
      (
        "bearer prose",
        {
          $0.one(of: [
            "uses Bearer authentication", "a Bearer token is required",
            "Authorization: Bearer token",
          ])
        }
      ),
      (
        "key mention",
        {
          $0.one(of: [
            "grep -r 'BEGIN RSA PRIVATE " + "KEY' .",
            "-----BEGIN PRIVATE " + "KEY-----\n...\n-----END PRIVATE KEY-----",
          ])
        }
      ),
      (
        "slack webhook example",
        { _ in "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX" }
      ),
    ]
  }

  private static var code: [Lookalike] {
    [
      (
        "types",
        {
          $0.one(of: [
            "password: string;", "password: String,", "token?: string", "secret: &'static str",
            "apiKey: Option<String>",
          ])
        }
      ),
      (
        "calls",
        {
          $0.one(of: [
            "password = getPassword(user1)", "token = await auth.getToken2()",
            "secret=os.environ['S3']", "key = hash256(password)",
          ])
        }
      ),
      (
        "members",
        {
          $0.one(of: [
            "password=self.config2.password", "token: response.data.token1",
            "api_key=settings.OPENAI_API_KEY_2",
          ])
        }
      ),
      (
        "comparisons",
        {
          $0.one(of: [
            "if (password === confirm2) {", "token == expected1", "password != oldPassword9",
          ])
        }
      ),
      (
        "schema",
        { _ in #"{"password":{"type":"string","minLength":8},"token":{"type":"integer"}}"# }
      ),
      (
        "labels",
        {
          $0.one(of: [
            #"{"password":"Enter your password"}"#, #"{"password":"Passwort"}"#,
            #"{"forgot_password":"Forgot password?"}"#,
          ])
        }
      ),
      (
        "names",
        {
          $0.one(of: [
            #"{"secret":"my-app-db-credentials-v2"}"#, #"{"secretName":"prod-db-2024"}"#,
            #"{"token":"EOF"}"#, "secretKeyRef: db-password-1",
          ])
        }
      ),
      (
        "booleans",
        {
          $0.one(of: [
            #"{"password":true}"#, #"{"password":null,"token":12}"#, "password=None",
            "PASSWORD=false",
          ])
        }
      ),
      (
        "options",
        {
          $0.one(of: [
            "--password-stdin", "--token-file /run/token1", "--password and --user are required",
            "--secret id=npm2,src=.npmrc",
          ])
        }
      ),
      (
        "paths",
        {
          $0.one(of: [
            "PASSWORD_FILE=/run/secrets/db1", #"{"private_key":"/etc/ssl/key1.pem"}"#,
            "PWD=/home/dev/app2", "private_key=~/.ssh/id_ed25519",
          ])
        }
      ),
      (
        "constants",
        {
          $0.one(of: [
            "RESET_PASSWORD = \"RESET_PASSWORD_1\"", "case TOKEN = \"TOKEN_V2\"",
            #"{"api_key":"OPENAI_API_KEY_V2"}"#,
          ])
        }
      ),
      (
        "urls",
        {
          $0.one(of: [
            "https://host.io:8080/a@b", "git@github.com:acme/app1.git",
            "http://localhost:3000/@vite/client", "ssh://git@host.io:22/x",
          ])
        }
      ),
      (
        "reference",
        {
          $0.one(of: [
            #"{"password":"op://vault/db/password1"}"#,
            #"{"secret":"arn:aws:kms:eu-1:123456789012:key/9f2b7c41aa"}"#,
            "password=vault://kv/db1",
          ])
        }
      ),
      (
        "curl",
        {
          $0.one(of: [
            "curl -u $USER:$PASS https://h.io", "docker run -u 1000:1000 app",
            "curl -u user https://h.io",
          ])
        }
      ),
      (
        "authorization",
        {
          $0.one(of: [
            #"{"authorization":"none"}"#, "authorization: required",
            "WWW-Authenticate: Bearer realm=\"x1\"", "Authorization: AWS4-HMAC-SHA256 Credential=x",
          ])
        }
      ),
    ]
  }

  /// Whole lines that agents write every day.
  static let harmlessLines = [
    #"{"type":"system","subtype":"init","apiKeySource":"none","session_id":"0b1f","tools":["Bash"]}"#,
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{"progressToken":"t-1"}}}"#,
    #"{"passwords":["a1b2c3d4e5"],"password":"","token":""}"#,
    #"{"a":"password=","b":"hunter2 is here 1234"}"#,
    #"["password=",123456789,"x"]"#,
    #"{"prompt":"password: ","next":"k3y-Value9!"}"#,
    #"{"label":"password","value2":"k3y-Value9!"}"#,
    "[2026-01-05 09:00:04] token bucket refilled: key=session1 tokens=100",
    "", " ", "{", "\"", "\\", "password", "\"password\":", "--password", "://", "://:@",
  ]
}

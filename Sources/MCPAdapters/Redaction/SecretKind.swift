/// What was found; the mark in its place carries the raw value.
package enum SecretKind: String, CaseIterable, Hashable, Sendable {
  case ageKey = "age_key"
  case anthropicKey = "anthropic_key"
  case apiKey = "api_key"
  case atlassianToken = "atlassian_token"
  case authorization
  case awsAccessKey = "aws_access_key"
  case awsSecretKey = "aws_secret_key"
  case azureKey = "azure_key"
  case databricksToken = "databricks_token"
  case digitalOceanToken = "digitalocean_token"
  case discordWebhook = "discord_webhook"
  case dockerToken = "docker_token"
  case dopplerToken = "doppler_token"
  case figmaToken = "figma_token"
  case flyToken = "fly_token"
  case githubToken = "github_token"
  case gitlabToken = "gitlab_token"
  case googleKey = "google_key"
  case googleOAuthToken = "google_oauth_token"
  case grafanaToken = "grafana_token"
  case groqKey = "groq_key"
  case huggingFaceToken = "huggingface_token"
  case jsonWebToken = "jwt"
  case langSmithKey = "langsmith_key"
  case linearKey = "linear_key"
  case newRelicKey = "newrelic_key"
  case notionToken = "notion_token"
  case npmToken = "npm_token"
  case openAIKey = "openai_key"
  case openRouterKey = "openrouter_key"
  case password
  case perplexityKey = "perplexity_key"
  case planetScaleToken = "planetscale_token"
  case postmanKey = "postman_key"
  case privateKey = "private_key"
  case pypiToken = "pypi_token"
  case replicateToken = "replicate_token"
  case secret
  case sendGridKey = "sendgrid_key"
  case sentryToken = "sentry_token"
  case shopifyToken = "shopify_token"
  case slackToken = "slack_token"
  case slackWebhook = "slack_webhook"
  case stripeKey = "stripe_key"
  case supabaseToken = "supabase_token"
  case telegramToken = "telegram_token"
  case token
  case twilioKey = "twilio_key"
  case vaultToken = "vault_token"
  case webhookSecret = "webhook_secret"
  case xaiKey = "xai_key"

  /// A match of one of the user's own patterns.
  case pattern

  /// A value at one of the user's paths.
  case path

  /// What stands in the place of the secret: `[REDACTED:github_token]`.
  ///
  /// It has no quote and no backslash, so it can stand inside any JSON string.
  package var mark: String { "\(Self.markStart)\(rawValue)]" }

  static let markStart = "[REDACTED:"
}

/// The tokens of providers, which are known by how they begin.
enum ProviderPatterns {
  private typealias Row = (SecretKind, SecretPattern.Look, String)

  /// One row a shape; none is listed that is no secret, such as a publishable key.
  private static let rows: [Row] = [
    (.awsAccessKey, .plausible, "AKIA[A-Z2-7]{16}"),
    (.awsAccessKey, .plausible, "ASIA[A-Z2-7]{16}"),
    (.githubToken, .mixed, "ghp_[A-Za-z0-9]{36,255}"),
    (.githubToken, .mixed, "gho_[A-Za-z0-9]{36,255}"),
    (.githubToken, .mixed, "ghu_[A-Za-z0-9_.-]{36,1024}"),
    (.githubToken, .mixed, "ghs_[A-Za-z0-9_.-]{36,1024}"),
    (.githubToken, .mixed, "ghr_[A-Za-z0-9]{36,255}"),
    (.githubToken, .mixed, "github_pat_[A-Za-z0-9_]{40,255}"),
    (.gitlabToken, .mixed, "glpat-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "gldt-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "glrt-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "glptt-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "glcbt-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "gloas-[A-Za-z0-9_.-]{20,300}"),
    (.gitlabToken, .mixed, "glsoat-[A-Za-z0-9_.-]{20,300}"),
    (.anthropicKey, .mixed, "sk-ant-[a-z]{3,8}[0-9]{2}-[A-Za-z0-9_-]{24,300}"),
    (.openRouterKey, .mixed, "sk-or-v1-[a-f0-9]{64}"),
    (.openAIKey, .mixed, "sk-proj-[A-Za-z0-9_-]{32,300}"),
    (.openAIKey, .mixed, "sk-svcacct-[A-Za-z0-9_-]{32,300}"),
    (.openAIKey, .mixed, "sk-admin-[A-Za-z0-9_-]{32,300}"),
    (.openAIKey, .random, "sk-[A-Za-z0-9]{32,128}"),
    (.googleKey, .mixed, "AIza[A-Za-z0-9_-]{35}"),
    (.googleOAuthToken, .mixed, "ya29.[A-Za-z0-9_.-]{30,2048}"),
    (.googleOAuthToken, .mixed, "GOCSPX-[A-Za-z0-9_-]{28}"),
    (.googleOAuthToken, .mixed, "1//0[A-Za-z0-9_-]{40,512}"),
    (.slackToken, .mixed, "xox[abeoprs]-[0-9][A-Za-z0-9-]{19,255}"),
    (.slackToken, .mixed, "xoxe.xoxp-[0-9]-[A-Za-z0-9-]{19,255}"),
    (.slackToken, .mixed, "xapp-[0-9]-[A-Z0-9]{8,12}-[0-9]{8,14}-[a-f0-9]{32,128}"),
    (
      .slackWebhook, .mixed,
      "hooks.slack.com/services/T[A-Z0-9]{7,12}/B[A-Z0-9]{7,12}/[A-Za-z0-9]{20,32}"
    ),
    (
      .slackWebhook, .mixed,
      "hooks.slack.com/workflows/T[A-Z0-9]{7,12}/A[A-Z0-9]{7,12}/[0-9]{10,20}/[A-Za-z0-9]{20,32}"
    ),
    (.discordWebhook, .mixed, "discord.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}"),
    (.discordWebhook, .mixed, "discordapp.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}"),
    (.stripeKey, .mixed, "sk_live_[A-Za-z0-9]{16,255}"),
    (.stripeKey, .mixed, "rk_live_[A-Za-z0-9]{16,255}"),
    (.stripeKey, .mixed, "sk_test_[A-Za-z0-9]{16,255}"),
    (.stripeKey, .mixed, "rk_test_[A-Za-z0-9]{16,255}"),
    (.webhookSecret, .mixed, "whsec_[A-Za-z0-9+/]{24,88}"),
    (.npmToken, .mixed, "npm_[A-Za-z0-9]{36}"),
    (.pypiToken, .mixed, "pypi-AgE[A-Za-z0-9_-]{50,512}"),
    (.huggingFaceToken, .mixed, "hf_[A-Za-z0-9]{34,40}"),
    (.sendGridKey, .mixed, "SG.[A-Za-z0-9_-]{22}.[A-Za-z0-9_-]{43}"),
    (.twilioKey, .mixed, "SK[0-9a-f]{32}"),
    (.digitalOceanToken, .mixed, "dop_v1_[a-f0-9]{64}"),
    (.digitalOceanToken, .mixed, "doo_v1_[a-f0-9]{64}"),
    (.digitalOceanToken, .mixed, "dor_v1_[a-f0-9]{64}"),
    (.databricksToken, .mixed, "dapi[a-f0-9]{32}"),
    (.shopifyToken, .mixed, "shpat_[a-fA-F0-9]{32}"),
    (.shopifyToken, .mixed, "shpss_[a-fA-F0-9]{32}"),
    (.shopifyToken, .mixed, "shpca_[a-fA-F0-9]{32}"),
    (.linearKey, .mixed, "lin_api_[A-Za-z0-9]{32,64}"),
    (.notionToken, .mixed, "ntn_[A-Za-z0-9]{40,64}"),
    (.groqKey, .mixed, "gsk_[A-Za-z0-9]{40,64}"),
    (.xaiKey, .mixed, "xai-[A-Za-z0-9]{70,100}"),
    (.perplexityKey, .mixed, "pplx-[A-Za-z0-9]{40,64}"),
    (.replicateToken, .mixed, "r8_[A-Za-z0-9]{36,40}"),
    (.langSmithKey, .mixed, "lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}"),
    (.flyToken, .mixed, "fm2_[A-Za-z0-9+/]{60,1024}"),
    (.supabaseToken, .mixed, "sbp_[a-f0-9]{40}"),
    (.supabaseToken, .mixed, "sb_secret_[A-Za-z0-9_-]{20,80}"),
    (.planetScaleToken, .mixed, "pscale_tkn_[A-Za-z0-9_.-]{32,64}"),
    (.planetScaleToken, .mixed, "pscale_pw_[A-Za-z0-9_.-]{32,64}"),
    (.dopplerToken, .mixed, "dp.pt.[A-Za-z0-9]{40,44}"),
    (.vaultToken, .mixed, "hvs.[A-Za-z0-9_-]{24,255}"),
    (.vaultToken, .mixed, "hvb.[A-Za-z0-9_-]{90,300}"),
    (.grafanaToken, .mixed, "glsa_[A-Za-z0-9]{32}_[a-fA-F0-9]{8}"),
    (.dockerToken, .mixed, "dckr_pat_[A-Za-z0-9_-]{27}"),
    (.atlassianToken, .mixed, "ATATT3[A-Za-z0-9_=-]{60,255}"),
    (.newRelicKey, .mixed, "NRAK-[A-Z0-9]{27}"),
    (.sentryToken, .mixed, "sntryu_[a-f0-9]{64}"),
    (.sentryToken, .mixed, "sntrys_eyJ[A-Za-z0-9+/=_-]{80,400}"),
    (.ageKey, .plausible, "AGE-SECRET-KEY-1[A-Z0-9]{58}"),
    (.postmanKey, .mixed, "PMAK-[a-f0-9]{24}-[a-f0-9]{34}"),
    (.figmaToken, .mixed, "figd_[A-Za-z0-9_-]{36,64}"),
    (.telegramToken, .mixed, "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
    (.azureKey, .mixed, "[A-Za-z0-9_.~-]{3}[0-9]Q~[A-Za-z0-9_.~-]{31,34}"),
  ]

  static let all = rows.map { kind, look, text in
    do throws(RedactionPolicyError) {
      return try SecretPattern(parsing: text[...], as: kind, .alone, look)
    } catch {
      preconditionFailure("a built-in pattern is wrong: \(error)")
    }
  }
}

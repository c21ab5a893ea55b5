import { Rule } from './rule';

/** A token by the prefix that its maker gave it. */
const token = (name: string, reason: string, source: string): Rule => ({
  name,
  reason,
  pattern: new RegExp(`(?<![A-Za-z0-9])(?:${source})`, 'g'),
});

/** Tokens that their makers marked, so that they are found. */
export const tokens: Rule[] = [
  token(
    'GitHub',
    'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/',
    '(?:gh[pousr]_|github_pat_)\\w{20,}',
  ),
  token(
    'GitLab',
    'token prefixes',
    '(?:gl(?:pat|cbt|dt|rt|rtr|ft|soat|imt|agent|ptt|ffct|oas)-|GR1348941)[\\w.-]{16,}',
  ),
  token(
    'Atlassian',
    'Bitbucket and Jira',
    'AT(?:BB|ATT|CTT)[A-Za-z0-9_=-]{20,}',
  ),
  token(
    'packages',
    'npm, PyPI, RubyGems, Docker',
    'npm_[A-Za-z0-9]{20,}|pypi-AgE[\\w-]{16,}|rubygems_[a-f0-9]{20,}|dckr_(?:pat|oat)_[\\w-]{16,}',
  ),
  token(
    'models',
    'OpenAI, Anthropic, Hugging Face, Replicate, Groq',
    'sk-[\\w-]{20,}|hf_[A-Za-z0-9]{20,}|r8_[A-Za-z0-9]{20,}|gsk_[A-Za-z0-9]{20,}',
  ),
  token('payments', 'Stripe', '(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{8,}'),
  token('Square', 'payments', 'sq0(?:atp|csp|idp)-[\\w-]{16,}'),
  token('Shopify', 'payments', 'shp(?:at|ss|ca|pa)_[a-fA-F0-9]{20,}'),
  token('Slack', 'chats', '(?:xox[a-z]|xapp)-[\\w-]{16,}'),
  token('Telegram', 'chats', '\\d{8,10}:AA[\\w-]{32,}'),
  token('mail', 'SendGrid', 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}'),
  token('Twilio', 'telephony', 'SK[0-9a-f]{32}(?![A-Za-z0-9])'),
  token(
    'Google',
    'API keys, OAuth clients and their tokens',
    'AIza[\\w-]{20,}|ya29\\.[\\w-]{20,}|GOCSPX-[\\w-]{20,}|1\\/\\/0[\\w-]{20,}',
  ),
  token(
    'Azure',
    'client secrets of Entra ID, keys of storage accounts',
    '[\\w~.-]{3}\\dQ~[\\w~.-]{31,34}|[A-Za-z0-9+/]{86}==',
  ),
  token('Alibaba', 'access key ids', 'LTAI[A-Za-z0-9]{12,}'),
  token('DigitalOcean', 'clouds', 'do[opr]_v1_[a-f0-9]{20,}'),
  token('Databricks', 'data platforms', '(?:dapi|dkea|dose)[0-9a-f]{32}'),
  token('HashiCorp Vault', 'vaults', 'hv[bsr]\\.[\\w-]{20,}'),
  token('Terraform Cloud', 'deployments', '\\w{14}\\.atlasv1\\.[\\w-]{40,}'),
  token('Pulumi', 'deployments', 'pul-[0-9a-f]{40}'),
  token(
    'vaults',
    'Doppler, 1Password',
    'dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9]{20,}|ops_eyJ[\\w-]{20,}',
  ),
  token('age', 'private keys', 'AGE-SECRET-KEY-1[A-Z0-9]{20,}'),
  token(
    'monitoring',
    'Grafana, New Relic, Sentry',
    'gl(?:sa|c)_[\\w=+/-]{20,}|NRAK-[A-Z0-9]{20,}|sntry[su]_[\\w=+/.-]{20,}',
  ),
  token(
    'work',
    'Linear, Postman, Figma',
    'lin_api_[A-Za-z0-9]{20,}|PMAK-[a-f0-9-]{20,}|figd_[\\w-]{20,}',
  ),
];

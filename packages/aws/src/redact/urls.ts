import { isOpaque } from './random';
import { Rule } from './rule';

/** Credentials in addresses. */
export const urls: Rule[] = [
  {
    name: 'user of a URL',
    reason: 'RFC 3986: `https://user:password@host`, also a token alone',
    pattern: /(?<=:\/\/)[^\s/?#"'<>]+(?=@)/g,
  },
  {
    name: 'password with characters that a URL may not have',
    reason: 'people paste passwords without encoding them',
    pattern:
      /:\/\/([^\s/?#"'<>:@]{0,200}:(?!\/\/|\d{1,5}[/?])[^\s"'<>]{0,400})(?=@)/g,
  },
  {
    name: 'user and password at a host',
    reason: 'addresses without a scheme; not digests of images',
    pattern:
      /(?<![\w.+%:/-])(?!mailto:)([\w.+%-]{1,64}:[^\s:@/"'<>]{1,200})(?=@(?!sha\d+:))/g,
  },
  {
    name: 'user and password of Oracle',
    reason: '`jdbc:oracle:thin:scott/tiger@host`, `sqlplus scott/tiger@host`',
    pattern:
      /(?:\b(?:thin|oci8?):|\b(?:sqlplus|sqlldr|expdp|impdp|rman|connect(?!\s{1,4}to\b))\b[^\n@/]{0,60}?[\s("'])"?[\w.$#-]{1,64}\/([^\s@/"'<>]{1,200})(?=@(?!sha\d+:))/gi,
  },
  {
    name: 'code, key or authentication in a query',
    reason: 'RFC 6749 and web APIs; keys of objects have a slash or a dot',
    pattern:
      /[?&](?:code|key|auth|sas|otp|pin|pw)=([\w~+=-]{1,400})(?=[&#\s"'<>),;\\]|$)/gi,
    isSecret: isOpaque,
  },
  {
    name: 'webhook',
    reason: 'whoever knows the address may post',
    pattern:
      /\b(?:hooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2|hooks\.zapier\.com\/hooks\/catch)\/([\w/@-]{8,400})/gi,
  },
  {
    name: 'bot of Telegram',
    reason: 'the token is part of the path',
    pattern: /\bapi\.telegram\.org\/bot([\w:-]{20,100})/gi,
  },
];

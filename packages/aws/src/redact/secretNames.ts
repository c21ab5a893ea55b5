const secretWords =
  /passw|passphrase|passcode|\bpwd\b|(^|[_.-])pwd|pwd$|((^|[_.-])|(db|user|admin|root))pw$|(db|user|admin|root|pg|ftp|smtp|mail|redis|mongo|proxy|store|key|trust)[_.-]?pass$|secret|token|credential|authorization|authentication|(api|access|account|private|secret|signing|encryption|shared|master|auth|ssh|pgp|gpg|hmac|fernet|storage|subscription|license|consumer)[_. -]?keys?$|account\.key\.|accesskeyid|access[_ -]key[_ -]id|signature$|^sig$|cookie|jsessionid|phpsessid|saml(assertion|response)?$|conn(ection)?[_. -]?str(ing)?|connection[_. -]?ur[il]|sql_?alchemy_?conn|airflow_conn_|webhook([_-]?url)?$/i;

/** Names whose values are mostly ordinary: `pass: 3`, `auth: iam`, `pin: yes`. */
const weakWords = /pass$|(^|[_.-])(auth|otp|totp|pin|jwt)$/i;

/** What only describes a secret: its name, its kind, what is wrong with it. */
const descriptions =
  /(arns?|names?|paths?|prefix|types?|counts?|length|policy|ttl|expir[a-z]*|enabled|required|rotation|version|error|exception|failure|failed|invalid|missing|denied|fields?|files?|manager|mode|method|(token|secret)_?ids?|client_?(request_?)?token|idempotency_?token|\.githubusercontent\.com)$|^(expired|invalid|missing|nosuch|unrecognized)/i;

/** Whether the value of this name is a secret: `DB_PASSWORD`, `secretAccessKey`, `X-Amz-Signature`. */
export const isSecretName = (name: string): boolean =>
  secretWords.test(name) && !descriptions.test(name);

/** Whether a person chose the value of this name: it may be any word. */
export const isPasswordName = (name: string): boolean =>
  /passw|passphrase|pwd|pw$|pass$/i.test(name);

/** Whether the value of this name is a secret only if it looks like one. */
export const isWeakName = (name: string): boolean => weakWords.test(name);

/** Whether the value of this name may be a secret or an ordinary key, such as that of an object. */
export const isKeyName = (name: string): boolean => /key$/i.test(name);

/** Whether its value names a secret that a `Value` beside it holds: `{"Key": "password", "Value": …}`. */
export const isNaming = (name: string): boolean => /(key|name)$/i.test(name);

/** Whether it holds the value of the name beside it. */
export const isValueOfName = (name: string): boolean => /value$/i.test(name);

/** The name with the words before it that belong to it: `API key`, `connection string`. */
export function withWordsBefore(text: string, name: string, at: number) {
  if (!/^(keys?|string|id|assertion)$/i.test(name)) return name;
  const before = /(?:[A-Za-z]{1,20} ){1,2}$/.exec(
    text.slice(Math.max(0, at - 42), at),
  );
  return `${before?.[0] ?? ''}${name}`;
}

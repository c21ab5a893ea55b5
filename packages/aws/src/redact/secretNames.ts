const secretWords =
  /passw|passphrase|passcode|\bpwd\b|(^|[_.-])pwd|pwd$|secret|token|credential|authorization|authentication|(api|access|account|private|secret|signing|encryption|shared|master|auth|ssh|pgp|gpg|hmac|fernet)[_. -]?keys?$|accesskeyid|access[_-]key[_-]id|signature$|^sig$|cookie|conn(ection)?[_. -]?str(ing)?|connection[_. -]?ur[il]|sql_?alchemy_?conn|airflow_conn_/i;

/** What only describes a secret: its name, its kind, what is wrong with it. */
const descriptions =
  /(arns?|names?|paths?|prefix|types?|counts?|length|policy|ttl|expir[a-z]*|enabled|required|rotation|version|error|exception|failure|failed|invalid|missing|denied|fields?|files?|manager|mode|method|(token|secret)_?ids?)$|^(expired|invalid|missing|nosuch|unrecognized)/i;

/** Whether the value of this name is a secret: `DB_PASSWORD`, `secretAccessKey`, `X-Amz-Signature`. */
export const isSecretName = (name: string): boolean =>
  secretWords.test(name) && !descriptions.test(name);

/** Whether the value of this name may be a secret or an ordinary key, such as that of an object. */
export const isKeyName = (name: string): boolean => /key$/i.test(name);

/** Whether its value names a secret that the next `Value` holds: `{"Key": "password", "Value": …}`. */
export const isNaming = (name: string): boolean => /(key|name)$/i.test(name);

/** Whether it holds the value of the name before it. */
export const isValueOfName = (name: string): boolean => /value$/i.test(name);

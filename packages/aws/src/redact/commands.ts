import { Rule } from './rule';

/** What separates an option from its value: in a shell, in a list of JSON, in JSON in JSON. */
const gap = `[\\s"',=\\\\]{0,12}`;
const value = `([^\\s"',\\\\-][^\\s"'\\\\]{0,199})`;

/** A secret after an option of a command, which stands in the same command. */
const afterOption = (names: string, option: string, separator: string) =>
  new RegExp(
    `(?<![\\w.-])(?:${names})\\b[^\\n;|&]{0,200}?[\\s"']${option}${separator}${value}`,
    'g',
  );

/** Secrets in commands and in SQL, which logs repeat. */
export const commands: Rule[] = [
  {
    name: 'user and password as an option',
    reason: 'curl and its like; `docker run -u 1000:1000` is none',
    pattern: new RegExp(
      `(?<![\\w-])(?:-u|-U|--user|--proxy-user|--auth)${gap}(?!arn:|jdbc:)[^\\s:"'@/\\\\=,]{1,64}:(?!//|default/)["'\\\\]{0,4}([^\\s"'\\\\]{1,200})`,
      'g',
    ),
    isSecret: found => !/^\d+$/.test(found),
  },
  {
    name: 'password right after -p',
    reason: 'the clients of MySQL; -p alone asks for it',
    pattern: afterOption(
      'mysql\\w{0,12}|mariadb(?:-\\w{1,12})?|7z|rar',
      '-p',
      `["'\\\\]{0,4}`,
    ),
  },
  {
    name: 'password after -p',
    reason: 'commands whose -p is a password, not a port',
    pattern: afterOption(
      'sshpass|beeline|snowsql|mongo\\w{0,12}|(?:docker|podman|az|oc|cf|helm registry) login|rabbitmqadmin',
      '-p',
      gap,
    ),
  },
  {
    name: 'password after -P',
    reason: 'commands whose -P is a password',
    pattern: afterOption('sqlcmd|bcp|mosquitto_\\w{3}|zip|unzip', '-P', gap),
  },
  {
    name: 'password after -W',
    reason: 'psql only asks for it, but people give it here',
    pattern: afterOption('psql|pg_\\w{1,12}', '-W', gap),
  },
  {
    name: 'password after -w',
    reason: 'the clients of LDAP',
    pattern: afterOption('ldap\\w{1,12}', '-w', gap),
  },
  {
    name: 'password after -a',
    reason: 'redis-cli',
    pattern: afterOption('redis-cli', '-a', gap),
  },
  {
    name: 'user and password of Samba',
    reason: '`-U user%password`',
    pattern:
      /(?<![\w-])-U["',\s\\]{0,8}[\w.\\-]{1,64}%(?![0-9A-Fa-f]{2})([^\s"'\\]{1,200})/g,
  },
  {
    name: 'password into a command',
    reason: '`echo password | docker login --password-stdin`',
    pattern:
      /\becho\s{1,4}(?:-n\s{1,4})?["']?([^\s"'|]{1,200})(?=["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4}-S|docker|podman|passwd|helm)\b)/g,
  },
  {
    name: 'password of a user in SQL',
    reason: '`CREATE USER x WITH PASSWORD …`, `ALTER USER x IDENTIFIED BY …`',
    pattern:
      /\b(?:(?:user|role|login|group)\s{1,4}\S{1,120}\s{1,4}(?:with\s{1,4})?(?:encrypted\s{1,4})?password|with\s{1,4}(?:encrypted\s{1,4})?password|(?:user|role|login)\s{1,4}\S{1,120}\s{1,4}identified\s{1,4}by)\s{0,4}=?\s{0,4}\\{0,16}["']([^"'\\\n]{1,200})/gi,
  },
  {
    name: 'secret word of SQL',
    reason: 'capitals before a quote: `IDENTIFIED BY`, `SECRET_ACCESS_KEY`',
    pattern:
      /\b(?:IDENTIFIED\s{1,4}(?:WITH\s{1,4}\S{1,60}\s{1,4})?(?:BY|AS)|[A-Z_]{0,40}PASSWORD|SECRET(?:_ACCESS_KEY|_KEY)?|SESSION_TOKEN)\s{1,4}\\{0,16}["']([^"'\\\n]{1,200})/g,
  },
  {
    name: 'password of SQL without quotes',
    reason: 'Oracle',
    pattern: /\bIDENTIFIED\s{1,4}BY\s{1,4}([^\s"'\\;]{1,200})/g,
  },
];

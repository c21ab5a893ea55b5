/** The texts of the form fields. */
export const fieldMessages = {
  field: {
    name: {
      title: 'Project name',
      rule: '3 to 20 lowercase letters, digits and dashes; starts with a letter, ends with a letter or digit.',
      broken: '{{rule}}',
      taken: 'Taken: {{ref}}. Choose another name.',
      unchecked:
        'Cannot check in the catalog whether the name is taken: {{message}}',
    },
    account: {
      title: 'AWS account',
      description: 'The account of the environment.',
      none: 'No account is available to {{owner}}. Ask the platform team to add one to awsDeploy.accounts.',
      noOwner: 'your groups',
      placeholder: 'Choose an account',
      missing: 'Choose an account.',
      broken: '{{rule}}',
      loading: 'Loading accounts…',
    },
    region: {
      title: 'Region',
      description: 'One of the regions that the account allows.',
      chooseAccount: 'Choose an account first.',
      placeholder: 'Choose a region',
      missing: 'Choose a region.',
      broken: '{{rule}}',
      notAllowed: 'Not allowed in account {{account}}. Allowed: {{regions}}.',
    },
    mwaa: {
      title: 'MWAA environment',
      description: 'The existing Airflow that runs the DAG.',
      chooseTarget: 'Choose an account and a region first.',
      placeholder: 'Choose an environment',
      none: 'No MWAA environment in {{account}}, {{region}}. Choose another region, or create one first and enter its name here.',
      unreachable:
        'Cannot list the MWAA environments: {{message}} Enter the name, or try again.',
      typed: 'Name of the MWAA environment',
      missing: 'Choose or enter an MWAA environment.',
      broken: '{{rule}}',
      item: '{{name}}, Airflow {{version}}, {{status}}',
      loading: 'Reading the MWAA environments…',
      notReady:
        '{{name}} is {{status}}: the deployment can only start when it is AVAILABLE.',
    },
    repository: {
      title: 'Repository',
      host: 'Host',
      hostDescription: 'Where the repository will be.',
      name: 'Repository name',
      nameDescription: 'The project’s name is a good one.',
      loading: 'Loading the hosts…',
      none: 'No host has a credential. Ask the platform team to add one to integrations, or to dataLake.repositories.hosts.',
      unreachable: 'Cannot list the hosts: {{message}}',
      chooseEntity: 'Choose a data lake first.',
      reading: 'Reading where {{entity}} has its repository…',
      noSource:
        'Cannot tell the repository of {{entity}}: {{message}} Its entity needs the annotation backstage.io/source-location.',
      noToken:
        'You are not signed in to {{host}}: {{message}} Without your token, Backstage’s own is used, if the installation allows that.',
      missing: 'Choose a host and a name for the repository.',
      notAllowed: '{{host}} is none of the hosts: {{hosts}}.',
      ownerNotAllowed:
        '{{owner}} is none of the owners at {{host}}: {{owners}}.',
      projectNotAllowed:
        '{{project}} is none of the projects at {{host}}: {{projects}}.',
    },
    retry: 'Try again',
  },
} as const;

/** The texts of the dialog that tears an environment down. */
export const deleteMessages = {
  delete: {
    title: 'Tear down {{name}}',
    loading:
      'Reading what would be deleted and what would stay. Nothing is deleted yet.',
    errorTitle: 'Deletion preview not available',
    deniedTitle: 'You do not have permission to tear this down',
    running:
      'A run is in progress. The tear-down waits until it ends; stop the run to continue at once.',
    dependents_one:
      '1 other entity depends on it and would lose what is deleted:',
    dependents_other:
      '{{count}} other entities depend on it and would lose what is deleted:',
    dependentsUnknown:
      'Cannot list the entities that depend on it. {{message}}',
    goes: 'Will be deleted',
    cannotBeUndone: 'cannot be undone',
    stays: 'Will stay',
    byHand: 'delete manually if not needed',
    stack: 'Stack {{name}}',
    stackGone: 'Stack {{name}}, does not exist',
    dagFiles: 'Files of the DAG',
    repository: 'Repository and its history',
    entity: 'Catalog entity, shown as gone',
    mwaa: 'MWAA environment',
    order:
      'Order: wait for runs, pause the DAG, delete its files, then {{stacks}}. Stops at the first failure and lists what is left.',
    nothing:
      'Nothing is left: no stack, no bucket that it kept, no log group and no DAG file exists. Remove the environment from project.yaml and catalog-info.yaml, or unregister the entity.',
    emptyBuckets: 'Delete all objects in {{buckets}}',
    fullBuckets:
      'These buckets hold objects and will be deleted: save what you need first.',
    removeData: 'Also delete the data, its encryption keys and logs',
    removeDataNote:
      'This cannot be undone. The repository must set removable: true.',
    dataStays: 'The data cannot be deleted',
    confirm: 'Type {{name}} to confirm',
    notYet: 'The name does not match yet',
    confirmFirst: 'Confirm deleting the objects first',
    cancel: 'Cancel',
    close: 'Close',
    submit: 'Tear down',
    failed: 'Tear-down not started.',
  },
} as const;

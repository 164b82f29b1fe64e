/** Tag that says which kind of data a stateful resource holds. */
export const DATA_CLASS_TAG = 'commerce-baseline:data-class';

/** Tag by which backup plans select a resource; its value is the kind of data. */
export const BACKUP_TAG = 'commerce-baseline:backup';

/** Tags that say which store a resource belongs to; cost reports group by them. */
export const STORE_TAG = 'commerce-baseline:store';
export const ENVIRONMENT_TAG = 'commerce-baseline:environment';

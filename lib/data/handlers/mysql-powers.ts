/** Columns of `mysql.user` that say of an account that it administrates, or reaches into every database. */
export const POWERS = [
  ...['Super_priv', 'Grant_priv', 'Create_user_priv', 'File_priv', 'Shutdown_priv', 'Reload_priv', 'Repl_slave_priv'],
  ...['Insert_priv', 'Update_priv', 'Delete_priv', 'Create_priv', 'Drop_priv', 'Alter_priv', 'Select_priv'],
];

/** Where MySQL 8 keeps who has which role, as schema and table. MariaDB keeps it elsewhere. */
export const ROLE_EDGES = { schema: 'mysql', table: 'role_edges' } as const;

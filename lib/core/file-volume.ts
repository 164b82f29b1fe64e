/**
 * A directory of a shared file system, as a task mounts it: over TLS, by IAM, through one access point. A `SharedFiles`
 * access point is one; for a file system from elsewhere, write the two ids.
 */
export interface FileVolume {
  /** Id of the EFS file system. */
  readonly fileSystemId: string;

  /** Id of the access point: it fixes directory, user and group. */
  readonly accessPointId: string;
}

<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Numbers and texts that are kept with a user and may be changed by several tasks at once. Each change is one statement of the
 * database, which alone knows who came first; the object cache is told afterwards.
 */
final class UserRecords {

	/** Adds a number to those that are there. */
	public static function append( int $user_id, string $key, int $value ): void {
		global $wpdb;
		$wpdb->query( $wpdb->prepare( "INSERT INTO {$wpdb->usermeta} (user_id, meta_key, meta_value) VALUES (%d, %s, %d)", $user_id, $key, $value ) );
		self::forget( $user_id );
	}

	/**
	 * All numbers that were added.
	 *
	 * @return int[]
	 */
	public static function numbers( int $user_id, string $key ): array {
		global $wpdb;
		$values = $wpdb->get_col( $wpdb->prepare( "SELECT meta_value FROM {$wpdb->usermeta} WHERE user_id = %d AND meta_key = %s", $user_id, $key ) );
		return array_map( 'intval', $values );
	}

	/** Raises a number to `$value`. False if it is there already: somebody else was first, or comes again. */
	public static function advance( int $user_id, string $key, int $value ): bool {
		global $wpdb;
		add_user_meta( $user_id, $key, '0', true );
		$changed = $wpdb->query(
			$wpdb->prepare(
				"UPDATE {$wpdb->usermeta} SET meta_value = %d WHERE user_id = %d AND meta_key = %s AND CAST(meta_value AS SIGNED) < %d ORDER BY umeta_id LIMIT 1",
				$value,
				$user_id,
				$key,
				$value
			)
		);
		self::forget( $user_id );
		return 1 === $changed;
	}

	/** Takes one text away. False if it is not there, or no longer. */
	public static function take( int $user_id, string $key, string $value ): bool {
		global $wpdb;
		$taken = $wpdb->query(
			$wpdb->prepare( "DELETE FROM {$wpdb->usermeta} WHERE user_id = %d AND meta_key = %s AND meta_value = %s LIMIT 1", $user_id, $key, $value )
		);
		self::forget( $user_id );
		return 1 === $taken;
	}

	private static function forget( int $user_id ): void {
		wp_cache_delete( $user_id, 'user_meta' );
	}
}

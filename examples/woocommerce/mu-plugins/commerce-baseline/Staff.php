<?php
declare(strict_types=1);

namespace CommerceBaseline;

/** Who is more than a customer. */
final class Staff {

	/** What a customer may do, and names of roles, which stand among the rights. Any further right makes somebody staff. */
	private const OF_CUSTOMERS = array( 'read', 'level_0', 'customer', 'subscriber' );

	/** Whether somebody has a right that customers do not have. Reads what is stored, which no filter changes. */
	public static function includes( \WP_User $user ): bool {
		$of_customers = (array) apply_filters( 'commerce_baseline_rights_of_customers', self::OF_CUSTOMERS );
		$rights       = array_keys( array_filter( (array) $user->allcaps ) );
		return array_diff( $rights, $of_customers ) !== array();
	}
}

<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * What operators do from the command line of the image: `wp shop <command>`.
 */
final class Commands {

	private const LOCK = 'commerce-baseline-work';

	public function __construct( private SecondFactor $second_factor ) {}

	/**
	 * Runs what is due: WP-Cron, then Action Scheduler. Ends at once while another worker does so.
	 */
	public function work(): void {
		global $wpdb;
		if ( '1' !== (string) $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, 0)', $wpdb->prefix . self::LOCK ) ) ) {
			return;
		}
		$options = array(
			'launch'     => false,
			'exit_error' => false,
		);
		\WP_CLI::runcommand( 'cron event run --due-now', $options );
		if ( class_exists( 'ActionScheduler' ) ) {
			\WP_CLI::runcommand( 'action-scheduler run --batches=20', $options );
		}
	}

	/**
	 * Settles what the image and the firewall take for granted. Safe to repeat.
	 */
	public function settle(): void {
		self::prefer_paths();
	}

	/**
	 * Invites somebody: prints a link, good for a day, under which a first password is set.
	 *
	 * ## OPTIONS
	 *
	 * <email>
	 * : Address of somebody who works in the shop.
	 *
	 * [--role=<role>]
	 * : What they may do.
	 * ---
	 * default: administrator
	 * ---
	 */
	public function invite( array $arguments, array $options ): void {
		$link = self::invitation( $arguments[0], $options['role'] );
		is_wp_error( $link ) ? \WP_CLI::error( $link ) : \WP_CLI::line( $link );
	}

	/**
	 * Takes a lost authenticator away and ends every session. The next login enrols a new one.
	 *
	 * ## OPTIONS
	 *
	 * <user>
	 * : Login name or e-mail address.
	 *
	 * @subcommand forget-second-factor
	 */
	public function forget_second_factor( array $arguments ): void {
		$user = get_user_by( is_email( $arguments[0] ) ? 'email' : 'login', $arguments[0] );
		if ( ! $user instanceof \WP_User ) {
			\WP_CLI::error( 'There is nobody of that name.' );
		}
		$this->second_factor->forget( $user->ID );
		\WP_CLI::success( 'The next login enrols a new authenticator.' );
	}

	/** A link under which somebody who works in the shop sets a first password. */
	public static function invitation( string $email, string $role ): string|\WP_Error {
		if ( ! is_email( $email ) || null === get_role( $role ) ) {
			return new \WP_Error( 'commerce_baseline_invitation', 'Give an e-mail address and a role that exists.' );
		}
		$user = get_user_by( 'email', $email );
		if ( false === $user ) {
			$id = wp_insert_user(
				array(
					'user_login' => $email,
					'user_email' => $email,
					'user_pass'  => wp_generate_password( 40 ),
					'role'       => $role,
				)
			);
			if ( is_wp_error( $id ) ) {
				return $id;
			}
			$user = get_userdata( $id );
		}
		$key = get_password_reset_key( $user );
		if ( is_wp_error( $key ) ) {
			return $key;
		}
		return network_site_url( 'wp-login.php?action=rp&key=' . $key . '&login=' . rawurlencode( $user->user_login ), 'login' );
	}

	/** Addresses with words: the firewall tells requests apart by their paths. */
	public static function prefer_paths(): void {
		global $wp_rewrite;
		if ( '' === (string) get_option( 'permalink_structure' ) || str_contains( (string) get_option( 'permalink_structure' ), 'index.php' ) ) {
			$wp_rewrite->set_permalink_structure( '/%postname%/' );
		}
		$wp_rewrite->flush_rules( false );
	}
}

<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * What is in the image changes with the image alone. Nothing is looked for, installed or switched in the dashboard: the
 * running shop could neither write its files nor change its tables.
 */
final class StaticImage {

	private const REFUSED_RIGHTS = array(
		'activate_plugin',
		'activate_plugins',
		'deactivate_plugin',
		'deactivate_plugins',
	);

	public function register(): void {
		add_filter( 'map_meta_cap', array( $this, 'refuse' ), PHP_INT_MAX, 2 );
		add_filter( 'pre_site_transient_update_core', array( $this, 'nothing_new' ) );
		add_filter( 'pre_site_transient_update_plugins', array( $this, 'nothing_new' ) );
		add_filter( 'pre_site_transient_update_themes', array( $this, 'nothing_new' ) );
		add_action( 'init', array( $this, 'stop_looking' ), 0 );
		// The worker runs what is due. Without this each page would call the shop over the internet.
		add_filter( 'action_scheduler_allow_async_request_runner', '__return_false', PHP_INT_MAX );
		add_filter( 'xmlrpc_enabled', '__return_false' );
	}

	public function refuse( array $needed, string $right ): array {
		$is_operator = defined( 'WP_CLI' ) && \WP_CLI;
		return ! $is_operator && in_array( $right, self::REFUSED_RIGHTS, true ) ? array( 'do_not_allow' ) : $needed;
	}

	public function nothing_new(): object {
		return (object) array(
			'last_checked'    => time(),
			'version_checked' => get_bloginfo( 'version' ),
			'updates'         => array(),
			'response'        => array(),
			'translations'    => array(),
			'no_update'       => array(),
			'checked'         => array(),
		);
	}

	public function stop_looking(): void {
		remove_action( 'init', 'wp_schedule_update_checks' );
		foreach ( array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes' ) as $check ) {
			remove_action( $check, $check );
			wp_clear_scheduled_hook( $check );
		}
	}
}

<?php
declare(strict_types=1);

require __DIR__ . '/harness.php';
wordpress();
require_once ABSPATH . 'wp-admin/includes/update.php';

test(
	'not even an administrator installs, switches or edits anything',
	static function (): void {
		$owner = somebody( 'administrator' );
		foreach ( array( 'install_plugins', 'update_plugins', 'activate_plugins', 'edit_plugins', 'install_themes', 'update_themes', 'edit_themes', 'update_core', 'edit_files', 'unfiltered_html' ) as $right ) {
			same( false, user_can( $owner, $right ), $right );
		}
		same( true, user_can( $owner, 'manage_options' ) );
		same( false, wp_is_file_mod_allowed( 'download_language_pack' ) );
	}
);

test(
	'nothing is looked for on the internet',
	static function (): void {
		$asked = array();
		add_filter(
			'pre_http_request',
			static function ( mixed $ignored, array $options, string $address ) use ( &$asked ): WP_Error {
				$asked[] = $address;
				return new WP_Error( 'http_request_failed', 'out of reach' );
			},
			10,
			3
		);
		_maybe_update_core();
		_maybe_update_plugins();
		_maybe_update_themes();
		do_action( 'wp_version_check' );
		do_action( 'wp_update_plugins' );
		do_action( 'wp_update_themes' );
		same( array(), $asked );
		same( array( false, false, false ), array_map( 'wp_next_scheduled', array( 'wp_version_check', 'wp_update_plugins', 'wp_update_themes' ) ) );
	}
);

test(
	'pages start neither the clock nor the queue',
	static function (): void {
		same( true, DISABLE_WP_CRON );
		same( false, apply_filters( 'action_scheduler_allow_async_request_runner', true ) );
	}
);

test(
	'the keys are different, long and made from one secret',
	static function (): void {
		$keys = array( AUTH_KEY, SECURE_AUTH_KEY, LOGGED_IN_KEY, NONCE_KEY, AUTH_SALT, SECURE_AUTH_SALT, LOGGED_IN_SALT, NONCE_SALT );
		same( 8, count( array_unique( $keys ) ) );
		same( array( 64 ), array_values( array_unique( array_map( 'strlen', $keys ) ) ) );
		same( 'wordpress_logged_in_shop', LOGGED_IN_COOKIE );
		same( 'wordpress_sec_shop', SECURE_AUTH_COOKIE );
	}
);

test(
	'an invitation leads to a first password, once for each address',
	static function (): void {
		$link = CommerceBaseline\Commands::invitation( 'new@acme.example', 'shop_manager' );
		holds( 'https://shop.acme.example/wp-login.php?action=rp&key=', $link );
		parse_str( (string) parse_url( $link, PHP_URL_QUERY ), $query );
		$user = check_password_reset_key( $query['key'], $query['login'] );
		same( array( 'shop_manager' ), $user->roles );
		holds( 'wp-login.php', CommerceBaseline\Commands::invitation( 'new@acme.example', 'shop_manager' ) );
		same( true, is_wp_error( CommerceBaseline\Commands::invitation( 'nobody', 'shop_manager' ) ) );
		same( true, is_wp_error( CommerceBaseline\Commands::invitation( 'other@acme.example', 'king' ) ) );
	}
);

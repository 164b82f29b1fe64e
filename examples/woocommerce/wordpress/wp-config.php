<?php
/**
 * Everything a shop has to know comes from its environment (docs/WOOCOMMERCE.md lists it); nothing here is secret.
 */

/** A variable that has to be there: a shop without it would run half open, so it does not run. */
$need = static function ( string $name ): string {
	$value = (string) getenv( $name );
	if ( '' === $value ) {
		error_log( "wp-config.php: $name is not set" );
		http_response_code( 503 );
		exit( 1 );
	}
	return $value;
};

define( 'DB_HOST', $need( 'WORDPRESS_DB_HOST' ) . ':' . $need( 'WORDPRESS_DB_PORT' ) );
define( 'DB_NAME', $need( 'WORDPRESS_DB_NAME' ) );
define( 'DB_USER', $need( 'WORDPRESS_DB_USER' ) );
define( 'DB_PASSWORD', $need( 'WORDPRESS_DB_PASSWORD' ) );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
// wp-content/db.php checks the server against these authorities.
define( 'DB_AUTHORITIES', getenv( 'WORDPRESS_DB_CA' ) ?: '/etc/ssl/rds.pem' );
$table_prefix = $need( 'WORDPRESS_TABLE_PREFIX' );

// One secret stands behind all keys; a rotation ends every session at once.
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $use ) {
	define( "{$use}_KEY", hash_hmac( 'sha256', "{$use}_KEY", $need( 'WORDPRESS_SALT' ) ) );
	define( "{$use}_SALT", hash_hmac( 'sha256', "{$use}_SALT", $need( 'WORDPRESS_SALT' ) ) );
}
// Part of the names of cookies: the profile lists them.
define( 'COOKIEHASH', 'shop' );

define( 'WP_HOME', $need( 'WP_HOME' ) );
define( 'WP_SITEURL', WP_HOME );
define( 'FORCE_SSL_ADMIN', true );
// TLS ends before the web server, at a proxy inside the task; nothing else can reach it.
$_SERVER['HTTPS']       = 'on';
$_SERVER['SERVER_PORT'] = '443';

// What is in the image changes with the image alone.
define( 'DISALLOW_FILE_MODS', true );
define( 'DISALLOW_FILE_EDIT', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_AUTO_UPDATE_CORE', false );
// Not even an administrator writes scripts into pages.
define( 'DISALLOW_UNFILTERED_HTML', true );
// The worker keeps time.
define( 'DISABLE_WP_CRON', true );
// load-scripts.php and wp-tinymce.php save nothing over HTTP/2, and would be programs between files.
define( 'CONCATENATE_SCRIPTS', false );

define( 'WP_DEBUG', false );
define( 'WP_DEBUG_DISPLAY', false );

// The object cache, if there is one: the plugin "Redis Object Cache" reads these.
if ( '' !== (string) getenv( 'WP_REDIS_HOST' ) ) {
	define( 'WP_REDIS_SCHEME', 'tls' );
	define( 'WP_REDIS_HOST', (string) getenv( 'WP_REDIS_HOST' ) );
	define( 'WP_REDIS_PORT', (int) $need( 'WP_REDIS_PORT' ) );
	define( 'WP_REDIS_PASSWORD', array( $need( 'WP_REDIS_USERNAME' ), $need( 'WP_REDIS_PASSWORD' ) ) );
	define( 'WP_REDIS_PREFIX', $table_prefix );
	define( 'WP_REDIS_TIMEOUT', 1 );
	define( 'WP_REDIS_READ_TIMEOUT', 1 );
	// Without its cache a shop is slow, not closed.
	define( 'WP_REDIS_GRACEFUL', true );
	define( 'WP_REDIS_DISABLE_BANNERS', true );
}

defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';

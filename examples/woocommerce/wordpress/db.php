<?php
/**
 * wp-content/db.php: WordPress's database, whose server has to show a certificate for its name.
 *
 * WordPress itself can be told to speak TLS (MYSQL_CLIENT_FLAGS), but not whom to trust, and PHP then trusts everybody.
 */

declare(strict_types=1);

defined( 'ABSPATH' ) || exit;

/** Connects over TLS, and only to a server whose certificate one of the known authorities has signed for its name. */
final class Commerce_Baseline_Database extends wpdb {

	/**
	 * @param bool $allow_bail Whether a page may say that there is no database.
	 */
	public function db_connect( $allow_bail = true ) {
		$this->is_mysql = true;
		mysqli_report( MYSQLI_REPORT_OFF );
		$this->dbh             = mysqli_init();
		list( $host, $port )   = explode( ':', $this->dbhost, 2 );
		// Five seconds: a load balancer asks again, and a shopper does not wait longer.
		$this->dbh->options( MYSQLI_OPT_CONNECT_TIMEOUT, 5 );
		$this->dbh->ssl_set( null, null, DB_AUTHORITIES, null, null );
		// PHP verifies certificate and name because authorities are given.
		// phpcs:ignore WordPress.PHP.NoSilencedErrors.Discouraged -- the log below says what is wrong, without the address.
		$connected = @$this->dbh->real_connect( $host, $this->dbuser, $this->dbpassword, null, (int) $port, null, MYSQLI_CLIENT_SSL );
		if ( ! $connected ) {
			error_log( 'db.php: no connection to the database: ' . mysqli_connect_error() );
			$this->dbh = null;
			if ( $allow_bail ) {
				$this->bail( 'The shop cannot reach its database.', 'db_connect_fail' );
			}
			return false;
		}
		if ( ! $this->has_connected ) {
			$this->init_charset();
		}
		$this->has_connected = true;
		$this->set_charset( $this->dbh );
		$this->ready = true;
		$this->set_sql_mode();
		$this->select( $this->dbname, $this->dbh );
		return true;
	}
}

$wpdb = new Commerce_Baseline_Database( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );

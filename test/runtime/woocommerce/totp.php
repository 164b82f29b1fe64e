<?php
declare(strict_types=1);

use CommerceBaseline\SecretBox;
use CommerceBaseline\Totp;

require __DIR__ . '/harness.php';
wordpress();

// RFC 6238, appendix B: the rows of SHA-1.
const VECTORS = array(
	59          => '94287082',
	1111111109  => '07081804',
	1111111111  => '14050471',
	1234567890  => '89005924',
	2000000000  => '69279037',
	20000000000 => '65353130',
);
const SECRET = '12345678901234567890';

foreach ( VECTORS as $time => $code ) {
	test(
		"the code of RFC 6238 at $time",
		static function () use ( $time, $code ): void {
			same( $code, Totp::code( SECRET, intdiv( $time, 30 ), 8 ) );
			same( substr( $code, 2 ), Totp::code( SECRET, intdiv( $time, 30 ) ) );
		}
	);
}

test(
	'a code holds for its period, the one before and the one after',
	static function (): void {
		$at = static fn( int $offset ): ?int => Totp::period_of( SECRET, Totp::code( SECRET, 1000 + $offset ), 1000 * 30 + 15 );
		same( array( null, 999, 1000, 1001, null ), array_map( $at, array( -2, -1, 0, 1, 2 ) ) );
	}
);

test(
	'a secret is written as apps read it',
	static function (): void {
		same( 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', Totp::base32( SECRET ) );
		// RFC 4648, section 10, without padding.
		same( array( 'MY', 'MZXQ', 'MZXW6YTBOI' ), array_map( array( Totp::class, 'base32' ), array( 'f', 'fo', 'foobar' ) ) );
		same( 20, strlen( Totp::new_secret() ) );
		same(
			'otpauth://totp/A%20%26%20B:staff%40acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B',
			Totp::uri( SECRET, 'staff@acme.example', 'A & B' )
		);
	}
);

test(
	'what is sealed for one user opens for nobody else, with no other key, and not when it was changed',
	static function (): void {
		$box    = new SecretBox( str_repeat( 'k', 32 ) );
		$sealed = $box->seal( SECRET, 'user 1' );
		same( SECRET, $box->open( $sealed, 'user 1' ) );
		same( null, $box->open( $sealed, 'user 2' ) );
		same( null, ( new SecretBox( str_repeat( 'l', 32 ) ) )->open( $sealed, 'user 1' ) );
		same( null, $box->open( base64_encode( strrev( base64_decode( $sealed ) ) ), 'user 1' ) );
		same( null, $box->open( 'nothing', 'user 1' ) );
		same( false, $box->seal( SECRET, 'user 1' ) === $sealed );
	}
);

test(
	'nothing is sealed with a short key',
	static function (): void {
		try {
			new SecretBox( 'short' );
		} catch ( RuntimeException $error ) {
			holds( 'SECOND_FACTOR_KEY', $error->getMessage() );
			return;
		}
		throw new Exception( 'it was' );
	}
);

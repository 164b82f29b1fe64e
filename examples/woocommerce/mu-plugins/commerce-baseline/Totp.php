<?php
declare(strict_types=1);

namespace CommerceBaseline;

/** One-time codes by the clock, as RFC 6238 describes them and authenticator apps show them. */
final class Totp {

	private const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

	/** Seconds for which a code is shown. */
	private const PERIOD = 30;

	/** Codes before and after the present one that are taken: clocks differ, and people type slowly. */
	private const TOLERANCE = 1;

	/** A secret for a new authenticator: 160 bits, as RFC 4226 recommends. */
	public static function new_secret(): string {
		return random_bytes( 20 );
	}

	/** The code of one period. Apps understand six digits and SHA-1; guessing is what the lock-out is for. */
	public static function code( string $secret, int $period, int $digits = 6 ): string {
		$hash   = hash_hmac( 'sha1', pack( 'J', $period ), $secret, true );
		$offset = ord( $hash[19] ) & 0x0f;
		$number = unpack( 'N', substr( $hash, $offset, 4 ) )[1] & 0x7fffffff;
		return str_pad( (string) ( $number % ( 10 ** $digits ) ), $digits, '0', STR_PAD_LEFT );
	}

	/** The period whose code this is, about `$now`; null if it is none. */
	public static function period_of( string $secret, string $code, int $now ): ?int {
		$present = intdiv( $now, self::PERIOD );
		$found   = null;
		for ( $period = $present - self::TOLERANCE; $period <= $present + self::TOLERANCE; $period++ ) {
			if ( hash_equals( self::code( $secret, $period ), $code ) ) {
				$found = $period;
			}
		}
		return $found;
	}

	/** The secret as people type it. */
	public static function base32( string $bytes ): string {
		$bits = implode( '', array_map( static fn( string $byte ): string => sprintf( '%08b', ord( $byte ) ), str_split( $bytes ) ) );
		return implode( '', array_map( static fn( string $five ): string => self::ALPHABET[ bindec( str_pad( $five, 5, '0' ) ) ], str_split( $bits, 5 ) ) );
	}

	/** The secret as an app takes it. */
	public static function uri( string $secret, string $account, string $issuer ): string {
		$label = rawurlencode( $issuer ) . ':' . rawurlencode( $account );
		return 'otpauth://totp/' . $label . '?secret=' . self::base32( $secret ) . '&issuer=' . rawurlencode( $issuer );
	}
}

<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Asks the register of Have I Been Pwned whether a password was stolen somewhere. It is told five of the 40 digits of the
 * password's SHA-1, which thousands of passwords share, and answers with all of those.
 *
 * https://haveibeenpwned.com/API/v3#PwnedPasswords
 */
final class BreachedPasswords {

	private const REGISTER = 'https://api.pwnedpasswords.com/range/';

	/** @var callable(string): ?string */
	private $fetch;

	/** @param callable(string): ?string $fetch Gives the body behind an address, or null if there is none. */
	public function __construct( callable $fetch ) {
		$this->fetch = $fetch;
	}

	/** Whether a password was stolen; null when nobody could say. */
	public function include( string $password ): ?bool {
		$hash = strtoupper( sha1( $password ) );
		$body = ( $this->fetch )( self::REGISTER . substr( $hash, 0, 5 ) );
		if ( null === $body || ! preg_match( '/^[0-9A-F]{35}:\d+/', $body ) ) {
			return null;
		}
		// Padding has the count 0: no password was seen no times.
		return 1 === preg_match( '/^' . substr( $hash, 5 ) . ':0*[1-9]/mi', $body );
	}

	/** Asks over HTTPS, for three seconds at most: a customer waits. Padding hides how long the answer is. */
	public static function fetch( string $address ): ?string {
		$response = wp_remote_get(
			$address,
			array(
				'timeout' => 3,
				'headers' => array( 'Add-Padding' => 'true' ),
			)
		);
		return 200 === wp_remote_retrieve_response_code( $response ) ? wp_remote_retrieve_body( $response ) : null;
	}
}

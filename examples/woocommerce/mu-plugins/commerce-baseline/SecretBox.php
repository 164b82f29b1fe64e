<?php
declare(strict_types=1);

namespace CommerceBaseline;

/** Encrypts what is kept about a user, so that neither a copy of the database nor another user's row is of use. */
final class SecretBox {

	private string $key;

	/**
	 * @param string $secret 32 characters or more, that only the shop's processes know
	 * @throws \RuntimeException When there is none: nobody is let in without it.
	 */
	public function __construct( string $secret ) {
		if ( strlen( $secret ) < 32 ) {
			throw new \RuntimeException( 'SECOND_FACTOR_KEY has to hold at least 32 characters.' );
		}
		$this->key = sodium_crypto_generichash( $secret, '', SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_KEYBYTES );
	}

	/** Encrypts. `$purpose` says what for and for whom; nobody can use the result for anything else. */
	public function seal( string $text, string $purpose ): string {
		$nonce = random_bytes( SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES );
		return base64_encode( $nonce . sodium_crypto_aead_xchacha20poly1305_ietf_encrypt( $text, $purpose, $nonce, $this->key ) );
	}

	/** Decrypts; null for what was not sealed here, or for another purpose. */
	public function open( string $sealed, string $purpose ): ?string {
		$bytes = base64_decode( $sealed, true );
		$size  = SODIUM_CRYPTO_AEAD_XCHACHA20POLY1305_IETF_NPUBBYTES;
		if ( false === $bytes || strlen( $bytes ) <= $size ) {
			return null;
		}
		$text = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt( substr( $bytes, $size ), $purpose, substr( $bytes, 0, $size ), $this->key );
		return false === $text ? null : $text;
	}

	/** A hash that only the shop's processes can compute: for what is random already. */
	public function digest( string $text, string $purpose ): string {
		return sodium_bin2hex( sodium_crypto_generichash( $purpose . "\0" . $text, $this->key ) );
	}
}

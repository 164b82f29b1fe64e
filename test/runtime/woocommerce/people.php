<?php
// A member of staff and a customer, for whoever comes through the web server.
declare(strict_types=1);

require __DIR__ . '/harness.php';
wordpress();
foreach ( array( 'manager' => 'administrator', 'customer' => 'customer' ) as $login => $role ) {
	wp_insert_user( array( 'user_login' => $login, 'user_email' => "$login@acme.example", 'user_pass' => "password of the $login 1", 'role' => $role ) );
}

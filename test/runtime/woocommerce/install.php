<?php
// Installs WordPress, as shop-migrate does with `wp core install`.
declare(strict_types=1);

define( 'WP_INSTALLING', true );
require __DIR__ . '/harness.php';
wordpress();
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter( 'pre_wp_mail', '__return_false', 1 );
wp_install( 'Shop', 'owner', 'owner@acme.example', true, '', wp_generate_password( 40 ) );
switch_theme( 'plain' );
CommerceBaseline\Commands::prefer_paths();
// What WooCommerce adds to WordPress's roles.
add_role( 'customer', 'Customer', array( 'read' => true ) );
add_role( 'shop_manager', 'Shop manager', array( 'read' => true, 'edit_posts' => true, 'manage_woocommerce' => true ) );
echo get_option( 'permalink_structure' );

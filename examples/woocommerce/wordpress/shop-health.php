<?php
// What the load balancer asks: PHP answers. It asks no database, or its failure would take away every task at once.
header( 'Cache-Control: no-store' );
header( 'Content-Type: text/plain' );
echo 'well';

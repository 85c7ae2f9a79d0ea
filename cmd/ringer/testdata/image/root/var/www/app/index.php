<?php
// The application's own page: it looks at nothing that it is sent, and writes one fixed page.
@mkdir(__DIR__ . '/uploads');
file_put_contents(__DIR__ . '/uploads/locale_th.php', "plain text in the place of a page\n");
file_put_contents(__DIR__ . '/visits', "one more\n", FILE_APPEND);
echo "done\n";

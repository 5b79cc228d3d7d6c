# Ce spun mesajele de e-mail. Cuvintele tuturor, apoi fiecare mesaj.
mail-greeting = Bună ziua, { $name },
mail-footer = Trimis automat de platforma de pulsoximetrie de la { $address }. Răspunsurile la această adresă nu sunt citite.
mail-not-you = Dacă nu ați fost dumneavoastră, cereți imediat o parolă nouă („{ login-forgot }”, pe pagina de autentificare): astfel se încheie toate sesiunile deschise. Apoi anunțați un administrator.

mail-password-changed-title = Parola dumneavoastră a fost schimbată
mail-password-changed-text = Parola contului dumneavoastră a fost schimbată la { $time }. Toate celelalte sesiuni deschise ale contului au fost încheiate.

mail-new-device-title = Autentificare dintr-un browser nou
mail-new-device-text = Cineva s-a autentificat în contul dumneavoastră la { $time }, dintr-un browser nefolosit până acum pentru acest cont: { $device }.
mail-new-device-yours = Dacă ați fost dumneavoastră, nu aveți nimic de făcut.
mail-new-device-link = Vedeți unde sunteți autentificat

mail-factor-changed-title = Al doilea pas al autentificării a fost schimbat
mail-factor-totp-added = La { $time }, codurile dintr-o aplicație au fost stabilite ca al doilea pas al autentificării în contul dumneavoastră.
mail-factor-totp-removed = La { $time }, codurile dintr-o aplicație au fost eliminate ca al doilea pas al autentificării în contul dumneavoastră.
mail-factor-passkey-added = La { $time }, o cheie de acces (passkey) a fost adăugată în contul dumneavoastră.
mail-factor-passkey-removed = La { $time }, o cheie de acces (passkey) a fost eliminată din contul dumneavoastră.
mail-factor-codes-made = La { $time } s-au făcut coduri de recuperare noi pentru contul dumneavoastră. Cele dinainte nu mai funcționează.
mail-factor-code-used = La { $time }, cineva s-a autentificat în contul dumneavoastră cu unul dintre codurile de recuperare. Acel cod nu mai funcționează.
mail-factor-reset = La { $time }, un administrator a eliminat al doilea pas al autentificării în contul dumneavoastră. Stabiliți-l din nou după ce vă autentificați.

mail-test-title = Mesaj de probă
mail-test-text = Ați cerut acest mesaj la { $time }. Mesajele platformei ajung la dumneavoastră.

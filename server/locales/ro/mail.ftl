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

mail-invitation-title = Invitație de a lucra într-o clinică
mail-invitation-text = Clinica „{ $clinic }” vă invită să lucrați ca medic pe platforma ei de pulsoximetrie.
mail-invitation-text-admin = Clinica „{ $clinic }” vă invită să lucrați pe platforma ei de pulsoximetrie ca medic și administrator al clinicii.
mail-invitation-link = Acceptați și alegeți o parolă
mail-invitation-answer = Autentificați-vă și răspundeți
mail-invitation-until = Invitația este valabilă până la { $time } și funcționează o singură dată.
mail-invitation-stranger = Dacă nu cunoașteți această clinică, lăsați mesajul fără răspuns: fără dumneavoastră nu se întâmplă nimic.

mail-reset-title = Parolă nouă
mail-reset-text = La { $time } s-a cerut o parolă nouă pentru contul dumneavoastră ({ $device }).
mail-reset-link = Alegeți o parolă nouă
mail-reset-once = Linkul funcționează o singură dată, timp de o oră. Când parola nouă este salvată, se încheie toate sesiunile deschise ale contului. Până atunci funcționează cea veche.
mail-reset-not-you = Dacă nu ați cerut-o dumneavoastră, lăsați mesajul fără răspuns: fără acest link nu se schimbă nimic. Nimeni de la platformă sau din clinica dumneavoastră nu vă cere vreodată acest link.

/** Passwords of eight or more characters that lead every list of leaked ones, in English, Swedish and Polish. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `12345678 123456789 1234567890 0123456789 987654321 87654321 9876543210 11223344 12341234 123123123 147258369
  12344321 123454321 102030405060 159753456 789456123 741852963 qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234
  qwerty12345 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qazwsxedc zaq12wsx zxcvbnm1 zxcvbnm123 asdfghjk asdfghjkl
  asdf1234 asdfasdf abcd1234 abcdefgh abc12345 a1b2c3d4 aa123456 password password1 password12 password123
  password1234 password! passw0rd p@ssw0rd p@ssword pa55word passord1 iloveyou iloveyou1 sunshine sunshine1
  princess princess1 football football1 baseball baseball1 basketball superman superman1 batman123 starwars
  startrek michelle jennifer jessica1 michael1 charlie1 jordan23 trustno1 welcome1 welcome123 letmein1 letmein123
  whatever computer internet security dragon123 monkey123 master123 shadow123 admin123 admin1234 administrator
  changeme changeme1 default1 test1234 testtest testing123 secret123 mypassword newpassword password2 freedom1
  butterfly chocolate elephant liverpool chelsea1 arsenal1 barcelona juventus samsung1 google123 facebook
  linkedin myspace1 corvette mercedes mustang1 midnight hello123 hellohello helloworld summer2024 summer2025
  summer2026 winter2024 winter2025 winter2026 autumn2026 spring2026 january2026 headroom headroom1 headroom123
  losenord losenord1 lösenord lösenord1 lösenord123 sommar2025 sommar2026 vinter2025 vinter2026 sverige1
  hejhejhej hejsan123 fotboll1 hammarby djurgarden stockholm stockholm1 goteborg göteborg kärlek123 haslo123
  haslo1234 hasło123 hasło1234 mojehaslo polska123 polska12 polskapolska kochamcie kocham123 bartek123 mateusz1
  mateusz123 damian123 karolina karolina1 agnieszka agnieszka1 katarzyna krzysztof warszawa warszawa1 krakow123
  misiaczek kotek123 lato2025 lato2026 zima2025 zima2026 samsung123 dupadupa marcin123 monika123 qwe123qwe
  zaq1zaq1 zaq1@wsx !qaz2wsx 1qazxsw2 qweasdzxc 123qweasd qwe12345 123qwe123 google12 windows1 apple123 lovely123
  00000000 11111111 22222222 55555555 66666666 77777777 88888888 99999999 aaaaaaaa`.split(/\s+/),
);

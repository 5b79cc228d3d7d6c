//! The words of columns' names, all in one place, in small letters as [`Name`](super::Name) has them. A space is the limit of
//! a word and a bar that of the name; without them a word may also be a part of a longer one. Sources: headers of the
//! vendors' apps and of other tools, docs/FORMATS.md, "Columns"; for other languages the usual words of the field.

mod beside;
mod people;

pub(super) use beside::BESIDE;
pub(super) use people::{NOT_OF_PEOPLE, PERSONAL};

pub(super) type Words = &'static [&'static str];

/// A column that says that the device shook.
pub(super) const REMINDERS: Words = &["remind", "vibra", "memento"];
/// The same where the name has a word of a reading too.
pub(super) const ALERTS: Words = &["alert"];
/// At the beginning of a name: one column for both causes.
pub(super) const VIBRATION: Words = &["| vibra"];

/// States of the sensor, where the name has no word of a reading.
pub(super) const STATES: Words = &["finger", "probe", "sonda ", "search", "beep"];

/// An extreme of a reading.
pub(super) const EXTREMES: Words = &[
    " max ",
    " low",
    " high",
    " sd ",
    " std ",
    " dev ",
    "minim",
    "maxim",
    "mínim",
    "máxim",
    "nadir",
    " peak",
    "высок",
    "низк",
    "最低",
    "最高",
    "最小",
    "最大",
    "최저",
    "최고",
];
/// An extreme too, unless it is the minute of a rate.
pub(super) const LOWEST: Words = &[" min "];
pub(super) const PER_MINUTE: Words = &["/ min ", " per min ", " p min ", " min 1 "];

/// A mean over some time, or from beat to beat.
pub(super) const MEANS: Words = &[
    " avg",
    "average",
    "mean",
    "median",
    "medie ",
    " media ",
    "média ",
    "mittel",
    "durchschnitt",
    "promedio",
    " moy",
    "gemiddeld",
    "średni",
    "ortalama",
    "средн",
    "平均",
    "평균",
    " b b ",
    "beat to beat",
];

pub(super) const MOTION: Words = &[
    "motion",
    "movement",
    "movim",
    "mouvement",
    "bewegung",
    "beweging",
    "accel",
    "mișcare",
    "mişcare",
    "miscare",
    "mi\u{fffd}care",
    "rörelse",
    "bevegelse",
    "bevægelse",
    "liike",
    " ruch",
    "pohyb",
    "mozgás",
    "hareket",
    "движен",
    " рух",
    "κίνηση",
    "体动",
    "體動",
    "体動",
    "움직임",
    "حركة",
    "gerakan",
];

/// Oxygen saturation.
pub(super) const OXYGEN: Words = &[
    "spo2",
    "sao2",
    "sato2",
    "sp02",
    "sa02",
    "satur",
    "szatur",
    "satür",
    "сатурац",
    "ttigung",
    "mætning",
    "metning",
    "mättnad",
    "ox",
    "oks",
    "óxi",
    "ôxy",
    "sauerstoff",
    "zuurstof",
    "surstof",
    "syreniv",
    "syremæt",
    "ossig",
    " sat ",
    " osat ",
    " happi",
    "tlen",
    "kyslík",
    "kyslik",
    "kisik",
    "zasić",
    "кислород",
    "кисень",
    "кисню",
    "οξυγ",
    "κορεσμ",
    "血氧",
    "氧",
    "酸素",
    "산소",
    "أكسجين",
    "اکسیژن",
    "חמצן",
    "ออกซิเจน",
    "सीजन",
    "সিজেন",
    "hapnik",
    "skābek",
    "deguon",
    "kiseonik",
    "súrefni",
];
/// Also the name of a reminder.
pub(super) const SHORT_OXYGEN: Words = &["| o2 ", "blood o2 "];

/// The pulse; a heart rate of the same table is the same.
pub(super) const PULSE: Words = &[
    "puls",
    " pul ",
    "pulz",
    "pouls",
    "polso",
    "hartslag",
    "polsslag",
    "heart",
    "herz",
    "hjert",
    "hjärt",
    "cardi",
    "cardí",
    "kardi",
    "καρδι",
    "σφυγμ",
    "παλμ",
    " bpm",
    "bmp",
    " beats per",
    "latid",
    "battit",
    "batiment",
    "sydän",
    "syke",
    "nabız",
    "nabiz",
    "kalp",
    "tętno",
    "tetno",
    "serca",
    "srdeč",
    "tepov",
    "| tep ",
    " чсс ",
    "сердц",
    "сердеч",
    "脉率",
    "脉搏",
    "脈率",
    "脈搏",
    "心率",
    "脈拍",
    "心拍",
    "맥박",
    "심박",
    "نبض",
    "ضربان",
    "דופק",
    "ชีพจร",
    "mạch",
    "nhịp tim",
    "denyut",
    "nadi ",
    "नाड",
    "पल",
    "হৃ",
    "নাড",
    "púls",
    "hjartsl",
    "südame",
    "širdies",
    "utrip",
    "пулс",
    "пульс",
];
/// Also the names of a reminder.
pub(super) const SHORT_PULSE: Words = &["| pr ", "| hr ", "| fc ", "| fp ", " hr |", " pr |"];
/// What only the pulse has, where a name has words of both readings.
pub(super) const RATES: Words =
    &[" rate", "frequ", "frecu", "frecv", "frek", " freq", " hr ", " pr ", " bpm", "bmp", "/ min"];
/// What only SpO2 has.
pub(super) const PERCENT: Words = &["%", " pct ", "percent", "prozent"];

/// The time of an English table.
pub(super) const ENGLISH: Words = &["time", " date", "clock", "elapsed", "second", "epoch"];

pub(super) const UNIVERSAL: Words = &[" utc ", " gmt ", " zulu "];

/// A column for the day, beside one for the clock.
pub(super) const DAY: Words = &[
    "| date |",
    "| data |",
    "| datum |",
    "| fecha |",
    "| dato |",
    "| dátum |",
    "| tarih |",
    "| päivä |",
    "| дата |",
    "| 日期 |",
    "| 日付 |",
    "| 날짜 |",
];
pub(super) const CLOCK: Words = &[
    "| time |",
    "| clock |",
    "| ora |",
    "| timp |",
    "| uhrzeit |",
    "| zeit |",
    "| hora |",
    "| heure |",
    "| orario |",
    "| godzina |",
    "| čas |",
    "| tid |",
    "| klokkeslett |",
    "| tijd |",
    "| saat |",
    "| aika |",
    "| idő |",
    "| время |",
    "| час |",
    "| 时间 |",
    "| 時刻 |",
    "| 時間 |",
    "| 시간 |",
];

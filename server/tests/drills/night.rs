//! Nights made up on the spot, each with bytes of its own.

/// Between a quarter of an hour and two and a quarter hours; another night for each number up to a hundred thousand.
pub fn numbered(number: u32) -> Vec<u8> {
    let (day, late) = (1 + number % 28, number / 28);
    let rows = 225 + number % 7 * 300;
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
    for row in 0..rows {
        let at = 20 * 3600 + late + row * 4;
        let spo2 = if row % 120 > 105 { 86 } else { 96 };
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        let pulse = 55 + row % 9;
        text += &format!("{hour:02}:{minute:02}:{second:02} Jan {day:02} 2026,{spo2},{pulse},0\n");
    }
    text.into_bytes()
}

/// One recording of so many days in 20 MB.
pub fn of_days(days: u32) -> Vec<u8> {
    let rows = 20_000_000 / ROW_BYTES - 10;
    let step = days * 86_400 / rows;
    let mut text = String::from("Time,Oxygen Level,Pulse Rate,Motion\n");
    for row in 0..rows {
        let at = row * step;
        let (day, second) = (at / 86_400, at % 86_400);
        let (month, day) = calendar(day);
        let spo2 = if row % 120 > 105 { 86 } else { 96 };
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        text += &format!("{hour:02}:{minute:02}:{second:02} {month} {day:02} 2025,{spo2},60,0\n");
    }
    text.into_bytes()
}

/// `00:00:00 Jan 01 2025,96,60,0` and its line feed.
const ROW_BYTES: u32 = 29;

/// The month's name and the day in it, of a day of 2025 counted from 0.
fn calendar(mut day: u32) -> (&'static str, u32) {
    let months = [
        ("Jan", 31),
        ("Feb", 28),
        ("Mar", 31),
        ("Apr", 30),
        ("May", 31),
        ("Jun", 30),
        ("Jul", 31),
        ("Aug", 31),
        ("Sep", 30),
        ("Oct", 31),
        ("Nov", 30),
        ("Dec", 31),
    ];
    for (name, length) in months {
        if day < length {
            return (name, day + 1);
        }
        day -= length;
    }
    ("Dec", 31)
}

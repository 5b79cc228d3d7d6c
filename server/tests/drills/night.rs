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

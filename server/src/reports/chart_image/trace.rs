//! From reduced columns to lines: breaks at gaps, colours by level.

use oxicore::chart::{Column, Point};

/// The lines of a channel: each is drawn whole, between two of them nothing was measured.
pub(super) fn lines(columns: &[Option<Column>]) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for column in columns.iter().flatten() {
        if column.gap_before || lines.is_empty() {
            lines.push(Vec::new());
        }
        if let Some(line) = lines.last_mut() {
            line.extend(in_order(column));
        }
    }
    lines
}

/// First, extremes and last of a column in the order in which they were measured, each once.
fn in_order(column: &Column) -> Vec<Point> {
    let mut points = vec![column.first, column.min, column.max, column.last];
    points.sort_by_key(|point| point.at);
    points.dedup();
    points
}

/// A piece of a line that keeps to one whole percent and is drawn in that level's colour.
#[derive(Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) level_pct: u16,
    /// Seconds from the start, level in percent.
    pub(super) points: Vec<(f64, f64)>,
}

/// Cuts a line half-way between every two whole percents, so that every part has the colour of its level.
pub(super) fn pieces(line: &[Point]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    if let &[only] = line {
        pieces.push(Piece { level_pct: only.value, points: vec![plain(only)] });
    }
    for pair in line.windows(2) {
        if let &[from, to] = pair {
            for cut in cuts(from, to).windows(2) {
                if let &[a, b] = cut {
                    append(&mut pieces, a, b);
                }
            }
        }
    }
    pieces
}

fn append(pieces: &mut Vec<Piece>, a: (f64, f64), b: (f64, f64)) {
    let level_pct = f64::midpoint(a.1, b.1).round() as u16;
    match pieces.last_mut() {
        Some(piece) if piece.level_pct == level_pct => piece.points.push(b),
        _ => pieces.push(Piece { level_pct, points: vec![a, b] }),
    }
}

/// The two ends of a stroke and every half percent it crosses between them, in order.
fn cuts(from: Point, to: Point) -> Vec<(f64, f64)> {
    let (start, end) = (plain(from), plain(to));
    let crossing = |below: u16| {
        let limit = f64::from(below) + 0.5;
        let share = (limit - start.1) / (end.1 - start.1);
        (start.0 + share * (end.0 - start.0), limit)
    };
    let mut points = vec![start];
    if from.value < to.value {
        points.extend((from.value..to.value).map(crossing));
    } else {
        points.extend((to.value..from.value).rev().map(crossing));
    }
    points.push(end);
    points
}

fn plain(point: Point) -> (f64, f64) {
    (f64::from(point.at.as_secs()), f64::from(point.value))
}

#[cfg(test)]
mod tests {
    use oxicore::Span;

    use super::*;

    fn point(at_s: u32, value: u16) -> Point {
        Point { at: Span::from_secs(at_s), value }
    }

    fn column(points: [(u32, u16); 4], gap_before: bool) -> Option<Column> {
        let [first, min, max, last] = points.map(|(at_s, value)| point(at_s, value));
        Some(Column { first, min, max, last, valid: 4, gap_before })
    }

    #[test]
    fn a_line_passes_through_the_lowest_and_the_highest_value_of_every_column() {
        let columns = [column([(0, 95), (8, 84), (4, 96), (12, 90)], false), None];
        assert_eq!(lines(&columns), [vec![point(0, 95), point(4, 96), point(8, 84), point(12, 90)]]);
    }

    #[test]
    fn a_gap_stays_a_gap_and_an_empty_column_alone_does_not_break_the_line() {
        let flat = |at, gap| column([(at, 95); 4], gap);
        let columns = [flat(0, false), None, flat(8, false), flat(40, true)];
        assert_eq!(lines(&columns), [vec![point(0, 95), point(8, 95)], vec![point(40, 95)]]);
    }

    #[test]
    fn a_fall_changes_colour_half_way_between_the_percents() {
        let pieces = pieces(&[point(0, 91), point(4, 89)]);
        let levels: Vec<_> = pieces.iter().map(|piece| piece.level_pct).collect();
        assert_eq!(levels, [91, 90, 89]);
        assert_eq!(pieces[1].points, [(1.0, 90.5), (3.0, 89.5)]);
    }

    #[test]
    fn a_level_line_has_one_piece_and_a_single_reading_is_not_lost() {
        assert_eq!(pieces(&[point(0, 90), point(4, 90), point(8, 90)]).len(), 1);
        assert_eq!(pieces(&[point(7, 69)])[0].points, [(7.0, 69.0)]);
    }
}

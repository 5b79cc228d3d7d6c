//! SVG with real text: a backend of plotters that writes compact paths, those of one pen as one element.

use alloc::format;
use alloc::string::{String, ToString as _};
use core::convert::Infallible;
use core::fmt::Write as _;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use crate::paint::paint;
use crate::pen::{CAPITALS_MIDDLE, FAMILY, UNITS};
use crate::scene::Scene;

/// A scene as an SVG document: an element that stands in a page of HTML too.
#[must_use]
pub fn svg(scene: &Scene) -> String {
    let mut svg = Svg::new(scene.sheet, &scene.title);
    match paint(scene, &mut svg) {
        Ok(()) => svg.finish(),
        Err(DrawingErrorKind::DrawingError(never)) => match never {},
        Err(DrawingErrorKind::FontError(_)) => String::new(),
    }
}

/// An SVG document being written.
#[derive(Clone, Debug)]
pub struct Svg {
    document: String,
    size: (u32, u32),
    /// The pen of the open path.
    pen: Option<String>,
}

type Written = Result<(), DrawingErrorKind<Infallible>>;

impl Svg {
    /// An empty one of this size in pixels.
    #[must_use]
    pub fn new((width, height): (u32, u32), title: &str) -> Self {
        let size = (width.saturating_mul(UNITS), height.saturating_mul(UNITS));
        let title = escaped(title);
        let document = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
             aria-label=\"{title}\" font-family=\"{FAMILY}\" fill=\"none\" stroke-linejoin=\"round\"><title>{title}</title>",
            size.0, size.1
        );
        Self { document, size, pen: None }
    }

    /// The document.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.close();
        self.document.push_str("</svg>");
        self.document
    }

    /// Ends the path that is open.
    fn close(&mut self) {
        if let Some(pen) = self.pen.take() {
            self.document.push_str(&pen);
        }
    }

    /// Opens a path of this pen, or goes on with it.
    fn open(&mut self, pen: String) {
        let pen = format!("\"{pen}/>");
        if self.pen.as_ref() != Some(&pen) {
            self.close();
            self.document.push_str("<path d=\"");
            self.pen = Some(pen);
        }
    }

    fn write(&mut self, text: core::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.document.write_fmt(text);
    }

    fn rectangle(&mut self, (left, top): BackendCoord, (right, bottom): BackendCoord) {
        let (width, height) = (right.saturating_sub(left), bottom.saturating_sub(top));
        self.write(format_args!("M{left} {top}h{width}v{height}h{}z", width.saturating_neg()));
    }
}

fn filled(colour: BackendColor) -> String {
    format!(" fill=\"{}\"{}", hex(colour), opacity("fill", colour))
}

fn stroked<S: BackendStyle>(style: &S) -> String {
    let colour = style.color();
    format!(
        " stroke=\"{}\" stroke-width=\"{}\"{}",
        hex(colour),
        style.stroke_width(),
        opacity("stroke", colour)
    )
}

fn pen<S: BackendStyle>(style: &S, is_filled: bool) -> String {
    if is_filled { filled(style.color()) } else { stroked(style) }
}

fn hex(BackendColor { rgb: (r, g, b), .. }: BackendColor) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn opacity(of: &str, colour: BackendColor) -> String {
    let hundredths = (colour.alpha * 100.0 + 0.5) as u32;
    if hundredths >= 100 { String::new() } else { format!(" {of}-opacity=\"0.{hundredths:02}\"") }
}

/// Text that can be no markup; what XML does not allow becomes a blank.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Written {
        Ok(())
    }

    fn present(&mut self) -> Written {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Written {
        self.draw_rect(point, (point.0.saturating_add(1), point.1.saturating_add(1)), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Written {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Written {
        self.open(pen(style, fill));
        self.rectangle(upper_left, bottom_right);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Written {
        self.open(stroked(style));
        let mut before: Option<BackendCoord> = None;
        for (x, y) in path {
            match before.replace((x, y)) {
                None => self.write(format_args!("M{x} {y}")),
                Some(last) if last == (x, y) => {}
                Some((_, last)) if last == y => self.write(format_args!("H{x}")),
                Some((last, _)) if last == x => self.write(format_args!("V{y}")),
                Some((x1, y1)) => {
                    let (right, down) = (x.saturating_sub(x1), y.saturating_sub(y1));
                    let between = if down < 0 { "" } else { " " };
                    self.write(format_args!("l{right}{between}{down}"));
                }
            }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Written {
        self.close();
        let pen = pen(style, fill);
        self.write(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{pen}/>"));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Written {
        self.open(filled(style.color()));
        for (place, (x, y)) in vert.into_iter().enumerate() {
            let to = if place == 0 { 'M' } else { 'L' };
            self.write(format_args!("{to}{x} {y}"));
        }
        self.document.push('z');
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Written {
        self.close();
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) { " font-weight=\"600\"" } else { "" };
        let size = style.size();
        let line = y.saturating_add((size as f32 * CAPITALS_MIDDLE) as i32);
        let (size, fill, text) = ((size as u32).to_string(), filled(style.color()), escaped(text));
        self.write(format_args!(
            "<text x=\"{x}\" y=\"{line}\" font-size=\"{size}\"{weight}{anchor}{fill}>{text}</text>"
        ));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::prelude::v1::*;

    use super::*;
    use crate::colour::rgb;
    use crate::pen::Pen;

    #[test]
    fn strokes_of_one_pen_are_one_element() {
        let mut svg = Svg::new((10, 10), "a & b");
        let pen = Pen { colour: rgb(0xff0000), width: 12 };
        svg.draw_path([(0, 0), (10, 0), (10, 5), (20, 3), (22, 9)], &pen).unwrap();
        svg.draw_line((1, 1), (1, 2), &pen).unwrap();
        svg.draw_rect((0, 0), (4, 5), &rgb(0).with_alpha(51), true).unwrap();
        let document = svg.finish();
        let drawn = document.split_once("</title>").unwrap().1;
        assert_eq!(
            drawn,
            "<path d=\"M0 0H10V5l10-2l2 6M1 1V2\" stroke=\"#ff0000\" stroke-width=\"12\"/>\
             <path d=\"M0 0h4v5h-4z\" fill=\"#000000\" fill-opacity=\"0.20\"/></svg>"
        );
        assert!(document.contains("<title>a &amp; b</title>"));
    }

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("<b a=\"1\">\u{1}&"), "&lt;b a=&quot;1&quot;&gt; &amp;");
    }
}

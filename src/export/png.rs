//! The picture of a matrix as PNG, for chats and documents that show no SVG.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::svg;
use crate::domain::Matrix;

/// The most rows of one picture: more are unreadable on a phone, and are counted at the end.
pub const MAX_ROWS: usize = 100;
/// Pixels a unit of the picture: as sharp as a phone shows it.
const SCALE: f32 = 2.0;
/// The most pixels of a picture that is drawn as sharp, four bytes each while it is drawn.
const MAX_PIXELS: f32 = 3_000_000.0;
const FONT: &str = "Noto Sans";

/// The fonts, read when the first picture is drawn: most who run the bot never ask for one.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for font in [notosans::REGULAR_TTF, notosans::BOLD_TTF] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family(FONT);
    Arc::new(fonts)
});

/// The picture of a matrix; `None` where it cannot be drawn, which is a fault of this program.
///
/// Letters that the font has not are drawn as empty boxes.
#[must_use]
pub fn write(matrix: &Matrix) -> Option<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: FONT.to_owned(), ..Options::default() };
    let picture = Tree::from_str(&svg::write_rows(matrix, MAX_ROWS), &options).ok()?;
    let size = picture.size();
    let scale = SCALE.min((MAX_PIXELS / (size.width() * size.height())).sqrt()).max(1.0);
    let size = size.to_int_size().scale_by(scale)?;
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(&picture, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample;

    /// The width and height that a PNG says it has.
    fn size(png: &[u8]) -> (u32, u32) {
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("4 bytes"));
        (number(16), number(20))
    }

    #[test]
    fn a_matrix_is_drawn_as_sharp_as_a_phone_shows_it() {
        let png = write(&sample::matrix()).expect("a picture");
        assert_eq!(size(&png).0, 800);
    }

    #[test]
    fn letters_that_the_font_has_not_are_drawn_all_the_same() {
        let mut matrix = sample::matrix();
        let plain = write(&matrix).expect("a picture");
        matrix.activities[0].name = "備份を管理する 🦀 Sauvegarder".into();
        let other = write(&matrix).expect("a picture");
        assert_ne!(plain, other);
    }

    #[test]
    fn a_huge_matrix_is_drawn_in_bounded_memory() {
        let mut matrix = sample::matrix();
        let mut activity = matrix.activities[0].clone();
        activity.name = "x ".repeat(250);
        matrix.activities.extend(std::iter::repeat_n(activity, 1_000));
        let (width, height) = size(&write(&matrix).expect("a picture"));
        assert!(
            width >= 400 && u64::from(width) * u64::from(height) < 8_000_000,
            "{width} {height}"
        );
    }
}

//! Pictures of sections.

use super::Language::{self, English, French};
use crate::commands::text::Text;

impl Language {
    /// The button to a list as a picture.
    #[must_use]
    pub(crate) fn picture(self) -> &'static str {
        match self {
            English => "Picture",
            French => "Image",
        }
    }

    /// There is no picture of what was asked for.
    #[must_use]
    pub fn no_picture(self) -> Text {
        Text::plain(match self {
            English => "No picture could be drawn. The list has the same.",
            French => "Aucune image n’a pu être dessinée. La liste dit la même chose.",
        })
    }
}

//! Which letters a matrix uses and what each of them means.

/// What a party does in an activity: one letter's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Participation {
    /// Does the work.
    Responsible,
    /// Answers for the outcome; exactly one party should.
    Accountable,
    /// Helps those who do the work (RASCI).
    Support,
    /// Gives advice before the work is done.
    Consulted,
    /// Is told about the result.
    Informed,
    /// Checks the result against its criteria (RACI-VS).
    Verify,
    /// Approves the verified result (RACI-VS).
    SignOff,
    /// Is explicitly left out (CAIRO).
    Omitted,
    /// Leads the work (DACI).
    Driver,
    /// Takes the decision (DACI).
    Approver,
    /// Contributes knowledge (DACI).
    Contributor,
}

impl Participation {
    /// Every participation of every scheme, in the order of the bits of [`Participations`].
    pub const ALL: [Self; 11] = [
        Self::Responsible,
        Self::Accountable,
        Self::Support,
        Self::Consulted,
        Self::Informed,
        Self::Verify,
        Self::SignOff,
        Self::Omitted,
        Self::Driver,
        Self::Approver,
        Self::Contributor,
    ];
}

/// The participations of one party in one activity: one cell of the matrix, a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Participations(u16);

impl Participations {
    /// An empty cell: no role listed.
    pub const NONE: Self = Self(0);

    /// Whether the cell is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the party takes part in this way.
    #[must_use]
    pub fn contains(self, participation: Participation) -> bool {
        self.0 & Self::bit(participation) != 0
    }

    /// Adds a participation; adding one twice changes nothing.
    pub fn insert(&mut self, participation: Participation) {
        self.0 |= Self::bit(participation);
    }

    /// The participations in the order in which `scheme` lists its letters.
    pub fn iter(self, scheme: Scheme) -> impl Iterator<Item = Participation> {
        scheme
            .letters()
            .iter()
            .map(|&(_, participation)| participation)
            .filter(move |&participation| self.contains(participation))
    }

    /// The letters in the scheme's order without separators: `RA`; empty for an empty cell.
    #[must_use]
    pub fn letters(self, scheme: Scheme) -> String {
        self.iter(scheme).filter_map(|participation| scheme.letter(participation)).collect()
    }

    fn bit(participation: Participation) -> u16 {
        1 << participation as u8
    }
}

impl FromIterator<Participation> for Participations {
    fn from_iter<I: IntoIterator<Item = Participation>>(iter: I) -> Self {
        let mut set = Self::NONE;
        for participation in iter {
            set.insert(participation);
        }
        set
    }
}

/// A family of responsibility matrices: its letters, in the order they are named in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Responsible, Accountable, Consulted, Informed.
    #[default]
    Raci,
    /// RACI and Support.
    Rasci,
    /// RACI, Verify and Sign-off.
    RaciVs,
    /// RACI and Omitted, also written RACIO.
    Cairo,
    /// Driver, Approver, Contributor, Informed.
    Daci,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 5] = [Self::Raci, Self::Rasci, Self::RaciVs, Self::Cairo, Self::Daci];

    /// The name a matrix file declares it by.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Raci => "raci",
            Self::Rasci => "rasci",
            Self::RaciVs => "raci-vs",
            Self::Cairo => "cairo",
            Self::Daci => "daci",
        }
    }

    /// The scheme of this id, in any case.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let id = if id.eq_ignore_ascii_case("racio") { "cairo" } else { id };
        Self::ALL.into_iter().find(|scheme| scheme.id().eq_ignore_ascii_case(id))
    }

    /// Letters and their meaning, in the scheme's own order.
    #[must_use]
    pub fn letters(self) -> &'static [(char, Participation)] {
        use Participation as P;
        match self {
            Self::Raci => &[
                ('R', P::Responsible),
                ('A', P::Accountable),
                ('C', P::Consulted),
                ('I', P::Informed),
            ],
            Self::Rasci => &[
                ('R', P::Responsible),
                ('A', P::Accountable),
                ('S', P::Support),
                ('C', P::Consulted),
                ('I', P::Informed),
            ],
            Self::RaciVs => &[
                ('R', P::Responsible),
                ('A', P::Accountable),
                ('C', P::Consulted),
                ('I', P::Informed),
                ('V', P::Verify),
                ('S', P::SignOff),
            ],
            Self::Cairo => &[
                ('R', P::Responsible),
                ('A', P::Accountable),
                ('C', P::Consulted),
                ('I', P::Informed),
                ('O', P::Omitted),
            ],
            Self::Daci => {
                &[('D', P::Driver), ('A', P::Approver), ('C', P::Contributor), ('I', P::Informed)]
            }
        }
    }

    /// The letter of a participation, if the scheme has it.
    #[must_use]
    pub fn letter(self, participation: Participation) -> Option<char> {
        self.letters().iter().find(|(_, known)| *known == participation).map(|(letter, _)| *letter)
    }

    /// The participation of a letter in any case, if the scheme has it.
    #[must_use]
    pub fn participation(self, letter: char) -> Option<Participation> {
        self.letters()
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(&letter))
            .map(|(_, participation)| *participation)
    }

    /// The participation of those who do the work.
    #[must_use]
    pub fn doer(self) -> Participation {
        match self {
            Self::Daci => Participation::Driver,
            _ => Participation::Responsible,
        }
    }

    /// The participation of the one who answers for the outcome.
    #[must_use]
    pub fn owner(self) -> Participation {
        match self {
            Self::Daci => Participation::Approver,
            _ => Participation::Accountable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_a_set_and_prints_in_the_order_of_its_scheme() {
        let cell: Participations =
            [Participation::Informed, Participation::Accountable].into_iter().collect();
        assert_eq!(cell.letters(Scheme::Raci), "AI");
        assert_eq!(Participations::NONE.letters(Scheme::Raci), "");
    }

    #[test]
    fn s_changes_its_meaning_with_the_scheme() {
        assert_eq!(Scheme::Rasci.participation('s'), Some(Participation::Support));
        assert_eq!(Scheme::RaciVs.participation('S'), Some(Participation::SignOff));
        assert_eq!(Scheme::Raci.participation('S'), None);
    }

    #[test]
    fn letters_are_unique_in_every_scheme_and_ids_are_found_again() {
        for scheme in Scheme::ALL {
            assert_eq!(Scheme::from_id(scheme.id()), Some(scheme));
            for &(letter, participation) in scheme.letters() {
                assert_eq!(scheme.participation(letter), Some(participation));
                assert_eq!(scheme.letter(participation), Some(letter));
            }
        }
    }
}

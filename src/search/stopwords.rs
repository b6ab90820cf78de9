//! Words that say little about which activity is meant, in the languages people ask in: English,
//! French, German, Spanish, Italian, Polish. Folded as [`super::fold`] folds, sorted.

/// What kind of word a word is, whatever the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Holds a sentence together, or asks who is responsible.
    Filler,
    /// The same in another language than English, where the same letters may begin a word.
    ForeignFiller,
    /// Belongs to the chat around a question; an activity's name may hold it (`jobs`).
    Chat,
    /// So common in any responsibility matrix that it says little, however rare it is in this one.
    Weak,
    /// Any other word.
    Plain,
}

impl Kind {
    /// The kind of a folded word.
    pub(super) fn of(word: &str) -> Self {
        let singular = word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word);
        let listed = |list: &[&str]| list.binary_search(&word).is_ok();
        let either = |list: &[&str]| listed(list) || list.binary_search(&singular).is_ok();
        if word.len() > LONGEST {
            Self::Plain
        } else if listed(FILLER) {
            Self::Filler
        } else if listed(FOREIGN) {
            Self::ForeignFiller
        } else if either(CHAT) {
            Self::Chat
        } else if either(WEAK) {
            Self::Weak
        } else {
            Self::Plain
        }
    }

    /// Whether the word weighs nothing.
    pub(super) fn is_filler(self) -> bool {
        matches!(self, Self::Filler | Self::ForeignFiller)
    }
}

/// Whether a word weighs nothing.
pub(super) fn is_filler(word: &str) -> bool {
    Kind::of(word).is_filler()
}

/// No listed word is longer, in bytes.
const LONGEST: usize = 16;

/// Function words, question words, greetings, and the words for RACI's own letters.
#[rustfmt::skip]
const FILLER: &[&str] = &[
    "a", "about", "accountability", "accountable", "after", "again", "all", "also", "am", "an",
    "and", "any", "anybody", "anyone", "anything", "are", "aren", "as", "assigned", "at", "be",
    "been", "before", "being", "both", "but", "by", "can", "cannot", "cant", "charge", "consulted",
    "could", "couldn", "did", "didn", "do", "does", "doesn", "doing", "don", "done", "dont",
    "duties", "duty", "each", "either", "else", "even", "ever", "every", "everybody", "everyone",
    "everything", "few", "for", "from", "get", "gets", "getting", "give", "gives", "go", "goes",
    "going", "gone", "got", "had", "has", "hasn", "have", "haven", "having", "he", "hello", "help",
    "her", "here", "hers", "hey", "hi", "him", "his", "how", "however", "i", "if", "im", "in",
    "inform", "informed", "into", "is", "isn", "it", "its", "itself", "ive", "just", "know",
    "known", "knows", "let", "lets", "like", "ll", "look", "looking", "looks", "m", "made", "make",
    "makes", "many", "may", "maybe", "me", "mean", "means", "might", "mine", "more", "most",
    "much", "must", "my", "myself", "near", "need", "needed", "needs", "neither", "never", "no",
    "nobody", "none", "nor", "not", "nothing", "now", "of", "off", "ok", "okay", "on", "once",
    "one", "ones", "only", "onto", "or", "other", "others", "our", "ours", "out", "over", "own",
    "owned", "owner", "owners", "owns", "per", "please", "pls", "plz", "quite", "raci", "rather",
    "re", "really", "responsibilities", "responsibility", "responsible", "right", "role", "roles",
    "s", "same", "say", "saying", "says", "see", "seen", "shall", "she", "should", "shouldn",
    "since", "so", "some", "somebody", "somehow", "someone", "something", "sometimes", "somewhere",
    "soon", "still", "such", "sure", "t", "take", "takes", "tell", "tells", "than", "thank",
    "thanks", "that", "thats", "the", "their", "theirs", "them", "themselves", "then", "there",
    "theres", "these", "they", "theyre", "thing", "things", "think", "this", "those", "though",
    "through", "thx", "to", "today", "together", "too", "under", "until", "up", "upon", "us",
    "use", "used", "uses", "using", "ve", "very", "via", "want", "wanted", "wants", "was", "wasn",
    "way", "we", "well", "were", "weren", "what", "whatever", "whats", "when", "where", "wheres",
    "whether", "which", "while", "who", "whoever", "whole", "whom", "whos", "whose", "why", "will",
    "with", "within", "without", "won", "wont", "would", "wouldn", "yeah", "yep", "yes", "yet",
    "you", "your", "yours",
];

/// The same in French, German, Spanish, Italian and Polish.
#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "aber", "ad", "agli", "ai", "al", "ale", "algo", "alguien", "alguna", "alguno", "algunos",
    "alla", "alle", "alors", "als", "anche", "au", "auch", "aucun", "auf", "aus", "aussi", "autre",
    "aux", "avec", "avoir", "bei", "beim", "bin", "bis", "bitte", "bo", "bonjour", "byc", "c",
    "ce", "ceci", "cela", "celle", "celui", "ces", "cet", "cette", "ceux", "chaque", "che", "chez",
    "chi", "ci", "ciao", "co", "come", "comment", "como", "con", "cosa", "cual", "cuales",
    "cuando", "cui", "czy", "d", "da", "dai", "dal", "dalla", "dalle", "damit", "danke", "dans",
    "das", "dass", "de", "dei", "dein", "del", "della", "delle", "dem", "den", "denn", "der",
    "des", "desde", "di", "dich", "die", "dies", "diese", "diesem", "diesen", "dieser", "dieses",
    "dir", "dla", "doch", "dois", "doit", "doivent", "donde", "dove", "du", "durch", "e", "ed",
    "ein", "eine", "einem", "einen", "einer", "eines", "el", "ella", "ellas", "elle", "elles",
    "ellos", "en", "encarga", "entre", "er", "era", "es", "esa", "ese", "eso", "essere", "est",
    "esta", "estan", "estar", "estas", "este", "esto", "estos", "et", "etre", "eu", "euch", "euer",
    "fa", "faire", "fait", "fare", "faut", "font", "fue", "fur", "gdzie", "gere", "gibt", "gli",
    "gracias", "grazie", "ha", "habe", "haben", "hace", "hacer", "hallo", "hanno", "hat", "hay",
    "hier", "hola", "ich", "ihm", "ihn", "ihnen", "ihr", "ihre", "il", "ils", "ins", "io", "ist",
    "j", "ja", "jak", "jaki", "jakie", "je", "jede", "jeder", "jemand", "jest", "jestem", "kann",
    "kein", "keine", "kiedy", "konnen", "kto", "ktora", "ktore", "ktory", "kummert", "l", "la",
    "las", "le", "les", "leur", "leurs", "lo", "loro", "los", "lui", "ma", "macht", "mais", "maja",
    "mam", "man", "mas", "mein", "meine", "merci", "mes", "mi", "mia", "mich", "mio", "mir", "mis",
    "mit", "mnie", "moi", "moj", "mon", "moze", "muss", "mussen", "muy", "n", "na", "nach", "nam",
    "nas", "nasz", "nasza", "nasze", "ne", "nei", "nel", "nella", "nelle", "ni", "nicht", "nie",
    "noch", "noi", "non", "nos", "nosotros", "nostra", "nostro", "notre", "nous", "nuestra",
    "nuestro", "nur", "o", "ob", "occupa", "occupe", "od", "oder", "odpowiada", "odpowiedzialny",
    "ogni", "ohne", "ont", "oraz", "ou", "par", "para", "pas", "perche", "pero", "peut", "peuvent",
    "piu", "plus", "po", "por", "porque", "pour", "pourquoi", "prosze", "przez", "przy", "puede",
    "pueden", "puo", "qu", "qual", "quale", "quali", "quand", "quando", "que", "quel", "quelle",
    "quelles", "quello", "quels", "questa", "queste", "questi", "questo", "qui", "quien",
    "quienes", "quoi", "responsable", "responsables", "sa", "salut", "sans", "se", "sei", "sein",
    "seine", "ser", "sera", "ses", "si", "sich", "sie", "sin", "sind", "sobre", "soll", "sollte",
    "son", "sono", "sont", "su", "sua", "sue", "sugli", "sui", "sul", "sulla", "suo", "sur", "sus",
    "svp", "ta", "tak", "tal", "tam", "tambien", "te", "tego", "tej", "ten", "tes", "ti", "tiene",
    "tienen", "todo", "todos", "toi", "ton", "tous", "tout", "toute", "toutes", "tra", "tu", "tua",
    "tuo", "tus", "tutti", "tutto", "tym", "uber", "um", "un", "una", "und", "une", "uno", "unos",
    "uns", "unser", "unsere", "usted", "verantwortlich", "verantwortung", "vers", "vi", "voi",
    "vom", "von", "vor", "vos", "vostro", "votre", "vous", "w", "wann", "warum", "weil", "weiss",
    "welche", "welcher", "welches", "wem", "wen", "wenn", "wer", "werden", "wessen", "wie", "wir",
    "wird", "wo", "y", "ya", "yo", "z", "za", "zajmuje", "ze", "zu", "zum", "zur", "zustandig",
    "zustandigkeit",
];

/// Words of small talk around a question, and those for either side of a contract.
#[rustfmt::skip]
const CHAT: &[&str] = &[
    "activities", "activity", "actually", "afternoon", "answer", "answers", "anyhow", "anymore",
    "ask", "asked", "asking", "asks", "bit", "boss", "bring", "brings", "call", "called", "cause",
    "chat", "check", "checks", "chief", "client", "clients", "column", "cool", "currently",
    "customer", "customers", "deal", "deals", "dear", "decide", "decides", "evening", "exactly",
    "find", "finds", "folks", "found", "gonna", "gotta", "guess", "guys", "happen", "happened",
    "happening", "happens", "hear", "hoster", "idea", "issue", "issues", "item", "items", "job",
    "jobs", "kind", "latest", "lead", "left", "little", "long", "lot", "lots", "matrix", "matter",
    "month", "morning", "next", "old", "people", "person", "place", "possible", "problem",
    "problems", "provider", "providers", "question", "questions", "quick", "quickly", "remember",
    "report", "row", "sec", "second", "section", "sections", "show", "side", "sir", "sort",
    "start", "started", "starts", "stuff", "supplier", "suppliers", "suppose", "supposed", "talk",
    "talking", "task", "tasks", "teammate", "time", "times", "tomorrow", "tonight", "topic",
    "tried", "try", "trying", "turn", "understand", "urgent", "usually", "vendor", "vendors",
    "wait", "week", "weekend", "whatsoever", "wonder", "wondering", "work", "working", "works",
    "worry", "year", "yesterday",
];

/// Verbs and nouns of every responsibility matrix.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "administrate", "administrating", "apply", "betrieb", "carry", "conduct", "coordinate",
    "dienst", "ensure", "execute", "follow", "following", "gerer", "gestion", "gestionar",
    "gestione", "gestire", "handle", "handled", "handles", "handling", "implement", "maintain",
    "maintained", "maintaining", "maintains", "manage", "managed", "management", "manages",
    "managing", "operate", "operation", "operational", "operations", "organise", "organize",
    "perform", "performing", "plan", "planning", "procedure", "procedures", "process", "processes",
    "provide", "provided", "provides", "realise", "realize", "request", "requests", "service",
    "services", "servicio", "servicios", "servizio", "set", "setup", "support", "supporting",
    "system", "systems", "team", "teams", "verwalten", "verwaltung",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_folded_and_apart() {
        let lists = [FILLER, FOREIGN, CHAT, WEAK];
        for list in lists {
            assert!(list.is_sorted_by(|a, b| a < b));
            assert!(list.iter().all(|word| word.len() <= LONGEST));
            assert!(list.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        }
        for (i, list) in lists.iter().enumerate() {
            for later in &lists[i + 1..] {
                assert!(!list.iter().any(|word| later.contains(word)));
            }
        }
    }
}

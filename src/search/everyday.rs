//! Words of everyday speech that a word of the field is near to: spelt right, they are no
//! misspellings of it.

/// Whether a folded word is one of everyday speech, and so not misspelt.
pub(super) fn is_everyday(word: &str) -> bool {
    let listed = |word: &str| EVERYDAY.binary_search(&word).is_ok();
    listed(word) || word.strip_suffix('s').is_some_and(listed)
}

/// Food and drink, body and family, animals, weather, house, clothes, sport and travel, of four
/// letters or more: shorter ones are hardly corrected. Sorted.
#[rustfmt::skip]
const EVERYDAY: &[&str] = &[
    "aces", "acts", "adopt", "aided", "allergy", "amps", "ankle", "ants", "arch", "arena",
    "audio", "aunt", "avid", "babe", "bags", "bait", "bake", "baked", "baker", "baking", "ball",
    "balls", "bang", "barn", "basic", "basil", "basin", "bath", "bats", "beach", "beak",
    "beans", "beard", "beast", "beat", "beef", "beer", "bees", "beet", "bell", "belt", "bent",
    "bets", "bike", "birch", "bird", "birds", "bitch", "black", "blank", "blast", "bleach",
    "bleed", "blow", "blows", "boast", "boat", "boats", "bolt", "bomb", "bone", "bones",
    "bonnet", "bonus", "book", "books", "boom", "boots", "bore", "bored", "boring", "born",
    "bowl", "boxer", "brake", "bread", "breath", "brew", "bride", "brief", "brink", "brisk",
    "brown", "buddy", "buffet", "bull", "bunk", "burger", "burst", "bury", "bush", "butter",
    "button", "cabin", "cake", "cakes", "calf", "calm", "camel", "camp", "camping", "candy",
    "canned", "canoe", "cape", "caper", "cards", "carrot", "cart", "carton", "carve", "cash",
    "castle", "cats", "cattle", "cave", "caves", "cease", "cellar", "chair", "chalk", "chant",
    "charm", "chase", "cheat", "cheek", "cheese", "chef", "chess", "chew", "chick", "chicken",
    "child", "chill", "chin", "chip", "chips", "choir", "chop", "chore", "chores", "church",
    "cinema", "circus", "clan", "clap", "clash", "clay", "cliff", "climb", "clip", "cloak",
    "closet", "cloth", "clothes", "clove", "clown", "coach", "coal", "coast", "coat", "cocoa",
    "coffee", "coin", "coke", "comb", "comic", "cone", "cook", "cookie", "cooking", "copper",
    "cord", "cork", "corn", "cottage", "cotton", "couch", "cough", "cousin", "cove", "cows",
    "crab", "crack", "crane", "crate", "cream", "crib", "cried", "crisp", "crop", "crow",
    "crowd", "crown", "cruise", "crust", "cube", "cuddle", "cult", "curb", "cure", "curly",
    "curry", "curse", "daddy", "dads", "dairy", "daisy", "dame", "damp", "dance", "darling",
    "darts", "dawn", "deaf", "dean", "debt", "deck", "deer", "dental", "dentist", "desert",
    "dessert", "dine", "diner", "dinner", "dirt", "dish", "dishes", "dive", "diver", "dogs",
    "doll", "dome", "donor", "donut", "dose", "dozen", "dream", "dress", "drink", "drinks",
    "drip", "drove", "drug", "drum", "drums", "drunk", "duck", "dull", "dusk", "dust", "dusty",
    "dying", "eagle", "ears", "earth", "ease", "east", "easter", "eggs", "elbow", "empire",
    "essay", "exam", "fairy", "fake", "fame", "fancy", "fans", "farce", "farm", "farmer",
    "fast", "father", "feast", "feet", "ferry", "fest", "fever", "fiddle", "fight", "film",
    "films", "finger", "fires", "fish", "fishing", "fist", "flag", "flame", "flat", "flats",
    "flea", "flew", "flies", "flirt", "float", "flour", "flower", "flowers", "fluff", "flute",
    "foam", "foil", "folly", "food", "foot", "football", "forest", "fork", "foxes", "frog",
    "fruit", "fuel", "fund", "fuss", "garage", "garden", "garlic", "gene", "giant", "gift",
    "gifts", "girl", "girls", "glass", "glove", "glow", "glue", "goat", "gods", "gold", "golf",
    "goose", "gown", "grain", "grand", "grandma", "granny", "grape", "grass", "grave", "gravy",
    "greed", "greet", "grey", "grin", "grip", "groom", "guitar", "gums", "habit", "hair",
    "hall", "halo", "hamster", "happy", "hare", "harp", "hats", "heal", "heap", "heart",
    "hearts", "heel", "heels", "herb", "herd", "hero", "hike", "hill", "hips", "hive", "hobby",
    "hockey", "hols", "honey", "hood", "hope", "horn", "horse", "horses", "hose", "hotel",
    "hunt", "icing", "idol", "infant", "injury", "insect", "jacket", "jazz", "jeans", "jelly",
    "jewel", "joint", "joke", "jokes", "judge", "juice", "juicy", "jury", "kale", "karate",
    "kettle", "kids", "kilt", "king", "kings", "kiss", "kitchen", "kite", "kitten", "knee",
    "knees", "knife", "knit", "knot", "labs", "lace", "ladder", "lake", "lamb", "lamp", "lamps",
    "lane", "laser", "lash", "lawn", "leaf", "leather", "leek", "legs", "lemon", "lend", "lens",
    "letter", "lick", "lily", "lime", "limes", "lion", "lips", "loaf", "loan", "loans", "lobby",
    "locket", "loft", "logic", "lollipop", "lone", "lorry", "lottery", "loud", "louse", "lover",
    "loves", "luggage", "lunch", "lungs", "lyrics", "maid", "male", "mall", "mama", "mango",
    "maple", "march", "marry", "mart", "mask", "massage", "maths", "maze", "meal", "meals",
    "meat", "medal", "melon", "mercy", "mice", "mint", "mire", "mist", "mole", "monk", "monkey",
    "moon", "moped", "mosque", "motel", "moth", "mother", "motor", "mouse", "mouth", "movie",
    "movies", "muffin", "mule", "muscle", "museum", "mushroom", "music", "nails", "napkin",
    "navy", "neck", "nephew", "nest", "niece", "noodle", "noodles", "nose", "novel", "nude",
    "nurse", "nuts", "ocean", "olive", "onion", "opera", "orange", "otter", "oven", "owls",
    "paint", "painter", "pair", "pale", "palm", "panda", "pants", "papa", "parade", "pardon",
    "parent", "parents", "park", "parking", "parrot", "pasta", "paste", "pasty", "pate",
    "patio", "peace", "peach", "peanut", "pear", "pearl", "pears", "peas", "pencil", "penny",
    "pepper", "perfume", "petrol", "picnic", "pies", "pigeon", "pigs", "pill", "pillow",
    "pills", "pine", "pineapple", "pink", "pint", "pizza", "planes", "planet", "plants",
    "plaster", "plates", "platter", "play", "playing", "plum", "plumber", "pocket", "poem",
    "poet", "poker", "pole", "polish", "polite", "pony", "pool", "popcorn", "pope", "pork",
    "porridge", "potato", "pots", "powder", "prank", "pray", "prayer", "pride", "priest",
    "prince", "prison", "prize", "pudding", "puddle", "pump", "pumpkin", "pupil", "puppy",
    "purple", "purse", "puzzle", "queen", "quilt", "quiz", "rabbit", "race", "races", "radio",
    "rage", "rain", "rainy", "ranch", "rats", "raven", "reef", "rent", "rental", "rented",
    "rice", "rich", "ride", "riding", "rings", "riot", "ripe", "river", "roast", "robe",
    "robin", "rock", "rocket", "rocks", "rodeo", "romance", "romantic", "rookie", "rose",
    "roses", "rows", "rude", "rugby", "ruin", "rust", "sadly", "sail", "sailing", "saint",
    "salad", "sale", "sales", "salmon", "salon", "salsa", "salt", "sand", "sandwich", "sauce",
    "sausage", "scarf", "school", "scooter", "scream", "seal", "seas", "season", "seat",
    "seats", "seed", "shade", "shake", "shame", "shark", "shave", "shed", "sheep", "shelf",
    "shine", "shiny", "shirt", "shirts", "shoe", "shoes", "shore", "shorts", "shot", "shout",
    "shower", "shrimp", "sick", "sigh", "silk", "silly", "silver", "sing", "singer", "singing",
    "sink", "sister", "skate", "skiing", "skin", "skip", "skirt", "skull", "slave", "slice",
    "slide", "slim", "slip", "slope", "smell", "smile", "smooth", "snack", "snacks", "snail",
    "snake", "sneeze", "snore", "snow", "soap", "soccer", "socks", "sofa", "soft", "soil",
    "song", "songs", "soup", "spade", "spain", "spicy", "spider", "spill", "spoke", "spoon",
    "sport", "sports", "spray", "squash", "stair", "stairs", "stamp", "stars", "statue",
    "steak", "steal", "steam", "steel", "stew", "stick", "stitch", "stomach", "stone", "stool",
    "stork", "storm", "stormy", "stove", "straw", "street", "strip", "stroll", "suck", "sugar",
    "suitcase", "sunny", "surf", "swan", "sweat", "sweater", "sweet", "sweets", "swim",
    "swimming", "swing", "tale", "talent", "tales", "tall", "tank", "taxi", "teacher", "tears",
    "teen", "teeth", "tennis", "tent", "tents", "theatre", "thief", "thigh", "thirst",
    "thirsty", "throat", "thumb", "tide", "tiger", "tile", "tiles", "tiny", "tire", "toad",
    "toast", "toaster", "toes", "toilet", "toilets", "toll", "tomato", "tone", "tongue",
    "tonic", "tooth", "torch", "tough", "tour", "tourist", "towel", "tower", "toys", "trains",
    "tram", "trap", "travel", "tree", "trees", "tribe", "trick", "trips", "trousers", "trout",
    "truck", "trunk", "tube", "tulip", "tumble", "tuna", "turkey", "turtle", "tutor", "twin",
    "twins", "tyre", "uncle", "vacation", "vegan", "violin", "virgin", "visa", "vomit", "vote",
    "wages", "waist", "waiter", "wand", "ward", "wars", "wash", "washing", "wasp", "water",
    "wave", "waves", "wealth", "weather", "wedding", "weed", "welt", "west", "whale", "wheat",
    "wheel", "wheels", "whip", "whisky", "white", "widow", "wife", "wild", "windy", "wine",
    "wines", "wing", "wings", "winner", "winter", "wipers", "witch", "wolf", "woman", "women",
    "wood", "wooden", "wool", "wore", "yacht", "yard", "yarn", "yawn", "yoga", "zebra",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_folded() {
        assert!(EVERYDAY.is_sorted_by(|a, b| a < b));
        assert!(EVERYDAY.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
    }

    #[test]
    fn everyday_words_are_told_from_slips() {
        assert!(is_everyday("lunch") && is_everyday("planes"));
        assert!(!is_everyday("sever") && !is_everyday("mange"), "slips of words of the field");
    }
}

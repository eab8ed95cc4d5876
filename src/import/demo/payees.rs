//! Who the example household pays: shops by category, the first of each the favourite (Zipf's law), and a long tail
//! of others in a larger book.

use super::categories::{CATEGORIES, ON_THE_ROAD, category};
use super::chance::{Chance, running};

/// Shops and the category of what is bought there; those of one category from the favourite on.
const SHOPS: [(&str, &str); 78] = [
    ("Grünmarkt", "Groceries"),
    ("Northfield Stores", "Groceries"),
    ("Mercado São Bento", "Groceries"),
    ("Halle 7", "Groceries"),
    ("Bio Łąka", "Groceries"),
    ("八百屋 たなか", "Groceries"),
    ("Corner Shop Osman", "Groceries"),
    ("Bäckerei Höfler", "Bakery"),
    ("Boulangerie Célestine", "Bakery"),
    ("Пекарня Колос", "Bakery"),
    ("Rugbrød & Co", "Bakery"),
    ("Trattoria Perù", "Eating out"),
    ("Ταβέρνα Ελιά", "Eating out"),
    ("Zum Alten Kran", "Eating out"),
    ("麺屋 はる", "Eating out"),
    ("Le Petit Zinc", "Eating out"),
    ("Café Mañana", "Coffee"),
    ("Kaffee Wörner", "Coffee"),
    ("Harbour Roasters", "Coffee"),
    ("Kahve Bahçesi", "Coffee"),
    ("Pizza Volante", "Takeaway"),
    ("맛나 분식", "Takeaway"),
    ("Curry Express", "Takeaway"),
    ("Stadtbahn", "Public transport"),
    ("Regional Rail", "Public transport"),
    ("City Bikes", "Public transport"),
    ("Tankstelle Südring", "Fuel"),
    ("Tankhof", "Fuel"),
    ("Parkhaus am Dom", "Parking"),
    ("ParkTicket App", "Parking"),
    ("Taxi Özdemir", "Taxi"),
    ("RideTogether", "Taxi"),
    ("Garage Novák", "Car"),
    ("Reifen Schütte", "Car"),
    ("Drogerie Lindt & Sohn", "Household goods"),
    ("Allerlei", "Household goods"),
    ("Hardware Hollis", "Household goods"),
    ("Möbelwerk", "Furniture"),
    ("Second Life Furniture", "Furniture"),
    ("Elektro Bjørnsen", "Repairs"),
    ("Plumber O'Dowd", "Repairs"),
    ("Gärtnerei Moos", "Garden"),
    ("Seeds & Soil", "Garden"),
    ("Modehaus Weiß", "Clothing"),
    ("Linen Lane", "Clothing"),
    ("Zapatería Núñez", "Clothing"),
    ("Outdoor Kiosk", "Clothing"),
    ("Löwen-Apotheke", "Pharmacy"),
    ("Pharmacy on the Square", "Pharmacy"),
    ("Dr. Ayşe Kaplan", "Doctor"),
    ("Zahnarzt Brückner", "Doctor"),
    ("Salon Amélie", "Personal care"),
    ("Barber & Bros", "Personal care"),
    ("Spielwaren Krümel", "Children"),
    ("School Canteen", "Children"),
    ("Music School", "Children"),
    ("Futterhaus", "Pets"),
    ("Vet Dr. Sørli", "Pets"),
    ("Buchladen Eule", "Books"),
    ("Libreria Aperta", "Books"),
    ("Lichtspiel", "Cinema and concerts"),
    ("Kulturzentrum Škoda", "Cinema and concerts"),
    ("Wollstube", "Hobbies"),
    ("Climbing Hall", "Hobbies"),
    ("Modellbau Graf", "Hobbies"),
    ("Elektroland", "Electronics"),
    ("Refurb Point", "Electronics"),
    ("Blumen Ivanović", "Presents"),
    ("Papeterie Plume", "Presents"),
    ("Trödelhof", "Presents"),
    ("Ristorante da Nuccia", ON_THE_ROAD),
    ("Gelateria Zuccherò", ON_THE_ROAD),
    ("Traghetti Isole", ON_THE_ROAD),
    ("Supermercato Gigli", ON_THE_ROAD),
    ("Museo Civico", ON_THE_ROAD),
    ("Autostrade", ON_THE_ROAD),
    ("Bar Sport", ON_THE_ROAD),
    ("Noleggio Bici Rosà", ON_THE_ROAD),
];

/// The two parts of the names in the long tail.
const TAIL: ([&str; 20], [&str; 18]) = (
    [
        "Linden", "Castle", "Old Mill", "Brook", "Abbey", "Copper", "Willow", "Station", "Hill", "Fox",
        "Anchor", "Rowan", "Cloister", "Lark", "Granite", "Meadow", "Ferry", "Saddler", "Quay", "Ash",
    ],
    [
        "Stores", "Kitchen", "Corner", "Trading", "Emporium", "Room", "Brothers", "Supply", "Counter", "Hut",
        "Cellar", "Yard", "Arcade", "Pantry", "Bazaar", "Workshop", "Hall", "Company",
    ],
);

/// The names of all payees, and for each category whom to pay.
#[derive(Debug, Clone)]
pub struct Payees {
    names: Vec<String>,
    /// By category: indices of names, and the running sums of their weights.
    by_category: Vec<(Vec<usize>, Vec<u64>)>,
}

impl Payees {
    /// The shops, with a tail of so many more.
    pub fn new(chance: &mut Chance, tail: usize) -> Self {
        let mut names: Vec<String> = SHOPS.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut shops = vec![Vec::new(); CATEGORIES.len()];
        for (index, (_, sells)) in SHOPS.iter().enumerate() {
            shops[category(sells)].push(index);
        }
        let shares = running(CATEGORIES.iter().map(|shape| shape.share));
        let all = TAIL.0.len() * TAIL.1.len();
        for number in 0..tail.min(all) {
            // 7 shares no factor with 360: each pair comes up once, and neighbours differ in both parts.
            let pair = number * 7 % all;
            shops[chance.weighted(&shares)].push(names.len());
            names.push(format!("{} {}", TAIL.0[pair % TAIL.0.len()], TAIL.1[pair / TAIL.0.len()]));
        }
        let zipf = |shops: &[usize]| running((1..=shops.len() as u64).map(|rank| 1_000_000 / rank));
        let by_category =
            shops.into_iter().map(|shops| (zipf(&shops), shops)).map(|(sums, shops)| (shops, sums));
        Payees { names, by_category: by_category.collect() }
    }

    /// The index of a name, which is added if it is not there.
    pub fn named(&mut self, name: &str) -> usize {
        if let Some(there) = self.names.iter().position(|known| known == name) {
            return there;
        }
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    /// A shop that sells what belongs to a category.
    pub fn shop(&self, chance: &mut Chance, category: usize) -> usize {
        let (shops, sums) = &self.by_category[category];
        shops[chance.weighted(sums)]
    }

    /// The name of an index.
    pub fn name(&self, index: usize) -> &str {
        &self.names[index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::name::{NameKind, clean, fold};

    #[test]
    fn every_payee_is_one_of_its_own_and_everything_has_its_shop() {
        let payees = Payees::new(&mut Chance::new(1), usize::MAX);
        let mut keys: Vec<String> = payees.names.iter().map(|name| fold(name)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), payees.names.len());
        assert_eq!(payees.names.len(), SHOPS.len() + 360);
        for name in &payees.names {
            assert_eq!(clean(NameKind::Payee, name).unwrap(), *name);
        }
        for (shape, (shops, _)) in CATEGORIES.iter().zip(&payees.by_category) {
            assert!(shape.share == 0 || !shops.is_empty(), "{}", shape.name);
        }
    }
}

namespace DocPipeline.Samples.Fiction;

/// <summary>Invented people, firms and places, by country. Makers of cars are real, because their codes are part of a VIN.</summary>
internal static class Names
{
    public static readonly string[] Insurers =
    [
        "Quillfeather Mutual Insurance", "Tidewick Insurance Company", "Marrowby Casualty Co.", "Larkmoor Assurance Group", "Penhallow & Finch Insurance",
        "Brambleton Indemnity", "Osprey Hollow Insurance", "Cobblegate General Insurance", "Dunmarrow Underwriters", "Silverthistle Insurance Corp.",
        "Wrenfield National Insurance", "Hollowbrook Casualty",
    ];

    public static readonly string[] HealthPlans =
    [
        "Willowmere Health Plan", "Juniper Vale Health", "Copperleaf Care", "Evenbrook Health Insurance", "Starling Benefit Trust", "Amberly Group Health",
    ];

    public static readonly string[] Makers =
    [
        "Toyota|JTD|Corolla", "Toyota|4T1|Camry", "Honda|1HG|Accord", "Honda|2HK|CR-V", "Ford|1FT|F-150", "Ford|1FA|Focus", "Chevrolet|1G1|Malibu",
        "Subaru|JF2|Forester", "Nissan|1N4|Altima", "Hyundai|KMH|Elantra", "Kia|KNA|Sportage", "Mazda|JM1|Mazda3", "Volkswagen|WVW|Golf", "BMW|WBA|320i",
    ];

    public static readonly string[] Colours = ["Silver", "Blue", "White", "Dark gray", "Red", "Black", "Green"];

    public static readonly string[] Mishaps =
    [
        "Rear-end collision|Insured vehicle was stopped at a red light when it was struck from behind.|2",
        "Side-impact collision|Other vehicle failed to yield and struck the passenger side at low speed.|2",
        "Hail|Vehicle was parked outside during a hail storm; dents on hood, roof and trunk lid.|1",
        "Collision with animal|Deer crossed the road at dusk; front bumper and left headlamp damaged.|1",
        "Parking lot collision|Other driver reversed out of a space into the left rear door.|2",
        "Single vehicle accident|Vehicle slid on ice and hit the guard rail with the right front corner.|1",
        "Vandalism|Both driver side windows were found smashed in the morning.|1",
        "Collision at intersection|Both vehicles entered the crossing; contact with the left front fender.|2",
    ];

    public static readonly string[] Parts =
    [
        "Front bumper cover", "Rear bumper cover", "Left headlamp assembly", "Right fender, refinish", "Hood panel", "Radiator support", "Door shell, left front",
        "Tail lamp, right", "Trunk lid", "Windshield", "Grille", "Paint materials", "Wheel alignment", "Left side mirror", "Quarter panel repair",
        "Blend adjacent panel", "Body labor", "Refinish labor", "Mechanical labor", "Hazardous waste disposal", "Rocker panel", "A/C condenser",
    ];

    public static readonly string[] GermanParts =
    [
        "Stoßfänger vorn", "Stoßfänger hinten", "Scheinwerfer links", "Kotflügel rechts", "Motorhaube", "Kühlergrill", "Außenspiegel links", "Rückleuchte rechts",
        "Lackiermaterial", "Arbeitslohn Karosserie", "Arbeitslohn Lackierung", "Achsvermessung", "Windschutzscheibe", "Kleinteile",
    ];

    public static readonly string[] HospitalCharges =
    [
        "Room charges, semi-private", "Consultation", "Operation theatre charges", "Pharmacy", "Laboratory investigations", "Radiology", "Nursing charges",
        "Anaesthesia", "Consumables", "Physiotherapy", "Emergency services", "ICU charges", "Blood bank", "Dietary services",
    ];

    public static readonly string[] Diagnoses =
    [
        "Closed fracture of left distal radius|S52.502A", "Acute appendicitis|K35.80", "Cervical strain|S13.4XXA", "Concussion without loss of consciousness|S06.0X0A",
        "Community-acquired pneumonia|J18.9", "Low back pain|M54.50", "Laceration of right forearm|S51.811A", "Dengue fever|A90", "Cholelithiasis|K80.20",
        "Contusion of left knee|S80.02XA",
    ];

    public static readonly string[] Doctors = ["Dr. Ilse Marchetti", "Dr. Tobin Ashgrove", "Dr. Nerys Calloway", "Dr. Anselm Verity", "Dr. Maribel Quist", "Dr. Corwin Hale", "Dr. Devika Rao", "Dr. Imran Sheth"];

    public static string[] First(string country) => country switch
    {
        "IN" => ["Anaya", "Rohan", "Kavita", "Arjun", "Meera", "Farhan", "Divya", "Sanjay", "Leela", "Vikram"],
        "DE" => ["Annika", "Jürgen", "Frieda", "Matthias", "Greta", "Lukas", "Sabine", "Torsten", "Heike", "Moritz"],
        _ => ["Maren", "Tobias", "Odette", "Calvin", "Priya", "Desmond", "Ingrid", "Wesley", "Noemi", "Harlan", "Bettina", "Silas", "Yolanda", "Theo", "Marisol", "Edwin"],
    };

    public static string[] Last(string country) => country switch
    {
        "IN" => ["Deshpande", "Kulkarni", "Bhatt", "Menon", "Chaudhary", "Saxena", "Pillai", "Ghosh"],
        "DE" => ["Brandmüller", "Steinbach", "Vogelsang", "Kessler", "Ahrendt", "Lindemann", "Roßbach", "Wiegand"],
        _ => ["Ashdown", "Beckwith", "Carrow", "Dunleavy", "Eastlake", "Farraday", "Garrick", "Holloway", "Ivers", "Jessup", "Kettering", "Lomax", "Merriweather", "Northrup", "O'Shea", "Pemberton"],
    };

    public static string[] Streets(string country) => country switch
    {
        "IN" => ["Lotus Garden Road", "Peepal Marg", "Sunrise Colony", "Lake View Lane"],
        "DE" => ["Lindenallee", "Am Mühlbach", "Birkenweg", "Alte Gasse"],
        _ => ["Juniper Hollow Road", "Mapleton Avenue", "Quarry Street", "Old Mill Lane", "Windmere Court", "Harvest Drive", "Birchwood Terrace", "Lantern Way"],
    };

    /// <summary>Town, region and postcode; the region is empty where none is written.</summary>
    public static string[] Towns(string country) => country switch
    {
        "IN" => ["Navipur|MH|411999", "Chandangaon|KA|560998", "Surajnagar|DL|110997"],
        "DE" => ["Neuhausenbach||09998", "Birkenfelde||04999", "Waldersleben||39997"],
        "UK" => ["Little Harrowby||ZZ1 4QQ", "Castle Tidmarsh||ZZ7 2AB", "Upper Wickstead||ZZ3 9XY"],
        _ => ["Millbrook Falls|OH|45099", "Cedar Junction|PA|17099", "Port Ellery|WA|98099", "Harlow Springs|TX|75099", "East Fenwick|MA|01099", "Garnet Lake|MN|55099"],
    };

    public static string[] Shops(string country) => country switch
    {
        "IN" => ["Trishul Motor Works", "Blue Lotus Auto Care Pvt. Ltd.", "Navrang Car Service"],
        "DE" => ["Autohaus Falkenried GmbH", "Karosserie Wiesengrund GmbH", "Kfz-Meisterbetrieb Ahornhof"],
        "UK" => ["Harrowby Coachworks Ltd", "Tidmarsh Motor Repairs", "Wickstead Accident Repair Centre"],
        _ => ["Lanternlight Auto Body", "Three Rivers Collision Works", "Gearbrook Garage LLC", "Bluestem Collision Center", "Hickory Lane Auto Repair", "Pinion & Sons Body Shop"],
    };

    public static string[] Hospitals(string country) => country switch
    {
        "IN" => ["Sanjivani Lake Hospital", "Aarogya Nidhi Multispeciality Hospital", "Chandan Care Hospital"],
        "UK" => ["Harrowby Park Clinic", "St Wystan Private Hospital"],
        _ => ["Fernhollow Regional Hospital", "St. Briar Medical Center", "Lakemont Community Hospital", "Orchard Bend Clinic"],
    };

    public static readonly string[] Stores =
        ["PEPPERCORN PHARMACY", "THE BRASS LADLE DINER", "GULLWING TOWING", "HARBOR LIGHT HARDWARE", "MOSSY CREEK MOTEL", "TWO OWLS TIRE SHOP", "KINDLING MARKET"];

    public static readonly string[] StoreItems =
        ["Ibuprofen 200mg", "Bandage roll", "Cold pack", "Tow 12 mi", "Storage 1 day", "Tarpaulin 3x4 m", "Wiper blade", "Motor oil 5W-30", "Soup of the day", "Coffee", "Room 1 night", "Flashlight", "Batteries AA", "Work gloves"];
}

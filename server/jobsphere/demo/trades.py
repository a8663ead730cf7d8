"""What the demo city needs done, trade by trade: believable jobs, prices and contractors."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """A job as a customer would write it; prices in whole dollars."""

    title: str
    description: str
    skill: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Trade:
    """A category of the taxonomy with what contractors say of themselves and what customers ask for."""

    category: str
    headlines: tuple[str, ...]
    hourly: tuple[int, int]
    tasks: tuple[Task, ...]


TRADES = (
    Trade(
        "electricians",
        ("Licensed electrician, tidy work", "Lighting and smart homes", "Rewiring old houses since 2009"),
        (65, 110),
        (
            Task(
                "Install six ceiling lights in a renovated kitchen",
                "Cables are in place; six recessed LED lights and a dimmer have to be fitted. Ladder is here.",
                "lighting-installation",
                280,
                520,
            ),
            Task(
                "Replace an old fuse box",
                "1970s panel, 8 circuits, no surge protection. Needs a new box and the certificate.",
                "fuse-box-replacement",
                700,
                1400,
            ),
            Task(
                "Charger for an electric car in the carport",
                "11 kW wall box, about 14 m of cable from the panel. The wall box is already bought.",
                "ev-charger-installation",
                450,
                900,
            ),
        ),
    ),
    Trade(
        "plumbers",
        ("Leaks fixed the same day", "Bathrooms from pipe to tap", "Calm plumber, clean shoes"),
        (60, 105),
        (
            Task(
                "Kitchen tap drips and the cupboard is wet",
                "Drips since Monday, about a cup an hour. The valve below turns hard.",
                "leak-repair",
                90,
                220,
            ),
            Task(
                "New shower instead of the old bathtub",
                "Take out the tub, set a 90 x 120 shower tray with thermostat. Tiles are done by someone else.",
                "bathroom-installation",
                1200,
                2600,
            ),
            Task(
                "Water heater makes noise and trips",
                "80 litre electric heater, 12 years old. Repair or replace: please say what you think.",
                "water-heater-replacement",
                300,
                950,
            ),
        ),
    ),
    Trade(
        "carpenters",
        ("Furniture that fits old walls", "Doors, decks and stairs", "Joiner with an own workshop"),
        (55, 95),
        (
            Task(
                "Fitted wardrobe under a sloping roof",
                "3.2 m wide, 2.4 m down to 0.9 m. White doors, oak inside. A sketch is attached in the chat.",
                "fitted-wardrobes",
                1400,
                3200,
            ),
            Task(
                "Hang five interior doors",
                "Doors and frames are delivered. Two frames need planing, the house is from 1924.",
                "door-hanging",
                380,
                700,
            ),
            Task(
                "Larch deck of 20 square metres",
                "Ground is level gravel. Substructure, boards and one step. Material on your bill, please itemise.",
                "decking",
                1900,
                3600,
            ),
        ),
    ),
    Trade(
        "painters",
        ("Sharp edges, no drips", "Rooms done in a day", "Facades and window frames"),
        (38, 65),
        (
            Task(
                "Paint a living room and hall in two colours",
                "62 square metres of wall, 2.6 m high. Walls are smooth; furniture will be in the middle.",
                "interior-painting",
                420,
                900,
            ),
            Task(
                "Repair and paint plaster after a leak",
                "Ceiling stain of about 1.5 square metres, dry since March.",
                "plaster-repair",
                150,
                380,
            ),
            Task(
                "Varnish a staircase",
                "16 pine steps and a handrail. We are away from the 3rd to the 6th, best then.",
                "wood-varnishing",
                350,
                750,
            ),
        ),
    ),
    Trade(
        "cleaners",
        ("Every other Thursday, on time", "Move-out cleaning with guarantee", "Offices before nine"),
        (28, 45),
        (
            Task(
                "Move-out cleaning, three rooms",
                "84 square metres with kitchen, bath and six windows. Handover is on the last of the month at noon.",
                "end-of-tenancy-cleaning",
                220,
                420,
            ),
            Task(
                "Weekly cleaning of a small office",
                "Eight desks, one kitchen, two toilets. After six in the evening.",
                "office-cleaning",
                90,
                160,
            ),
            Task(
                "Eleven windows and a winter garden",
                "Ground floor and first floor, frames too. Water and power outside.",
                "window-cleaning",
                110,
                240,
            ),
        ),
    ),
    Trade(
        "gardeners",
        ("Hedges, lawns, peace", "Trees cut by a climber", "Gardens that need less water"),
        (35, 60),
        (
            Task(
                "Trim 40 m of hornbeam hedge",
                "2 m high, both sides reachable. Please take the cuttings with you.",
                "hedge-trimming",
                240,
                480,
            ),
            Task(
                "Plant a small front garden",
                "18 square metres, sunny. Perennials that bees like and that survive August.",
                "planting",
                500,
                1300,
            ),
            Task(
                "Take down one birch near the house",
                "About 14 m, 3 m from the wall, no permit needed (checked).",
                "tree-surgery",
                600,
                1250,
            ),
        ),
    ),
    Trade(
        "movers",
        ("Two people, one van, no drama", "Pianos and other heavy friends", "We pack, you leave"),
        (45, 80),
        (
            Task(
                "Move a two-room flat across town",
                "3rd floor without lift to 1st floor with lift, 7 km. About 35 boxes, a sofa and a washing machine.",
                "house-moving",
                380,
                760,
            ),
            Task("Upright piano to the 2nd floor", "Wide stairs, one turn. 220 kg.", "piano-moving", 260, 480),
            Task(
                "Clear a cellar",
                "Shelves, paint tins, two bicycles, about 6 cubic metres. Proof of disposal needed.",
                "waste-removal",
                180,
                420,
            ),
        ),
    ),
    Trade(
        "handyman",
        ("Small repairs, one visit", "Assembles anything with an Allen key", "The list on your fridge"),
        (35, 60),
        (
            Task(
                "Assemble a wardrobe and two beds",
                "Flat-packed, all parts counted. Second floor.",
                "furniture-assembly",
                120,
                260,
            ),
            Task(
                "Hang a 65-inch TV on a plasterboard wall",
                "Bracket is here. Cables should run in the wall if possible.",
                "tv-mounting",
                90,
                190,
            ),
            Task(
                "Ten small things in a flat",
                "Squeaking door, loose socket cover, silicone in the shower, and seven more: list on arrival.",
                "small-repairs",
                160,
                340,
            ),
        ),
    ),
    Trade(
        "tilers",
        ("Level, straight, dry", "Bathrooms and mosaic"),
        (50, 85),
        (
            Task(
                "Tile a bathroom, 24 square metres",
                "Walls to the ceiling and the floor, 30 x 60 tiles delivered. Sealing included, please.",
                "bathroom-tiling",
                1300,
                2700,
            ),
            Task(
                "Sand and oil an oak floor",
                "48 square metres of parquet, two rooms, one has deep scratches.",
                "floor-sanding",
                850,
                1700,
            ),
        ),
    ),
    Trade(
        "roofers",
        ("Roofs looked after, photos included", "Flat roofs, ten-year warranty"),
        (60, 100),
        (
            Task(
                "Clean 36 m of gutters and check the roof",
                "Two storeys, pine trees around. Photos before and after.",
                "gutter-cleaning",
                180,
                360,
            ),
            Task(
                "Leak at the chimney",
                "Stain in the loft after heavy rain from the west. Lead flashing looks open.",
                "chimney-repair",
                320,
                980,
            ),
        ),
    ),
    Trade(
        "tutoring",
        ("Maths without tears", "Physics teacher, patient", "Python from zero"),
        (30, 60),
        (
            Task(
                "Ten hours of mathematics before the final exam",
                "Vectors and probability. Twice a week after school, at home or online.",
                "mathematics-tutoring",
                300,
                560,
            ),
            Task(
                "Spanish for a move to Seville",
                "I speak some; I need to manage offices and a school enrolment by June.",
                "spanish-lessons",
                240,
                520,
            ),
        ),
    ),
    Trade(
        "web-development",
        ("Django and React, shipped", "Shops that load fast", "Accessible by default"),
        (60, 120),
        (
            Task(
                "Online booking for a physiotherapy practice",
                "Three therapists, 30-minute slots, e-mail reminders. A simple site exists in WordPress.",
                "wordpress",
                900,
                2400,
            ),
            Task(
                "Make our shop pass an accessibility audit",
                "Report with 27 findings is at hand. Theme can be changed; keyboard and contrast first.",
                "web-accessibility",
                1200,
                2800,
            ),
            Task(
                "Connect the shop to our stock system",
                "REST API with documentation. Stock and prices every ten minutes.",
                "api-integration",
                800,
                1900,
            ),
        ),
    ),
    Trade(
        "design",
        ("Logos that work in one colour", "Interfaces people understand"),
        (50, 100),
        (
            Task(
                "Logo and shop sign for a bakery",
                "Third generation, sourdough, no clip art. The sign is 2.4 x 0.6 m.",
                "logo-design",
                450,
                1200,
            ),
            Task(
                "Menu and print templates for a café",
                "A4 folded, summer and winter, editable by us afterwards.",
                "print-design",
                250,
                600,
            ),
        ),
    ),
    Trade(
        "photography",
        ("Faces, not poses", "Products on white, by Friday"),
        (70, 130),
        (
            Task(
                "Photos of 40 products on white",
                "Ceramics up to 35 cm. Three angles each, cut out, for the web shop.",
                "product-photography",
                480,
                980,
            ),
            Task(
                "Team portraits for a law office",
                "Nine people, half a day, natural light if possible.",
                "portrait-photography",
                420,
                880,
            ),
        ),
    ),
)

/**
 * The words from which nicknames are made. Friendly in every pairing, at most 7 + 8 letters, nothing that describes a
 * person's looks, and no food or animal that is also a joke.
 */
const cheerful = words(`
  Able Agile Bold Brave Breezy Bright Brisk Calm Caring Cheery Clever Cosmic Curious Daring Eager Epic Fair Fancy
  Fearless Funny Gentle Giant Glad Golden Grand Happy Honest Jolly Keen Kind Lively Lucky Magic Merry Mighty Neat
  Nimble Noble Patient Polite Proud Quick Quiet Rapid Royal Shiny Silver Smart Snappy Speedy Steady Sunny Super
  Swift Tidy True Upbeat Vivid Wise Witty Zesty`);

export const nicknameThemes = {
  animals: {
    adjectives: cheerful,
    nouns: words(`
      Alpaca Badger Bison Dolphin Eagle Falcon Finch Fox Gecko Giraffe Hare Hedgehog Heron Ibis Jaguar Kiwi Koala
      Lemur Leopard Lion Lynx Marmot Meerkat Moose Narwhal Otter Owl Panda Parrot Pelican Penguin Puffin Puma Quokka
      Rabbit Raven Robin Seal Sparrow Squirrel Stork Swan Tiger Toucan Turtle Walrus Wombat Zebra`),
  },
  space: {
    adjectives: cheerful,
    nouns: words(`
      Apollo Asteroid Aurora Comet Cosmos Crater Eclipse Galaxy Gravity Jupiter Lander Lunar Mars Mercury Meteor
      Moon Nebula Neptune Nova Orbit Orion Photon Planet Pluto Pulsar Quasar Rocket Rover Saturn Shuttle Sirius Star
      Sun Titan Vega Venus Voyager Zenith`),
  },
  food: {
    adjectives: cheerful,
    nouns: words(`
      Almond Apple Apricot Avocado Basil Biscuit Brownie Burrito Carrot Cookie Couscous Falafel Granola Hazelnut
      Kiwi Lasagne Lemon Lentil Lime Mango Muffin Noodle Olive Orange Pancake Papaya Paprika Pasta Pepper Pizza
      Popcorn Pretzel Pumpkin Quinoa Radish Risotto Saffron Sesame Spinach Sushi Taco Toast Tofu Tomato Vanilla
      Waffle Walnut`),
  },
  colours: {
    adjectives: words(`
      Amber Aqua Azure Bronze Cobalt Copper Coral Crimson Emerald Golden Indigo Jade Lilac Lime Magenta Mint Opal
      Orange Pearl Purple Ruby Scarlet Silver Teal Violet`),
    nouns: words(`
      Arrow Balloon Beacon Breeze Bridge Canyon Castle Cloud Compass Crystal Dragon Drum Feather Firefly Forest
      Fountain Garden Guitar Harbour Island Kite Lantern Maple Meadow Mountain Ocean Paddle Pebble Piano Prairie
      Puzzle Rainbow River Sail Signal Spark Sunrise Thunder Tower Valley Violin Wave Willow Wizard`),
  },
} as const satisfies Record<string, { adjectives: readonly string[]; nouns: readonly string[] }>;

export type NicknameTheme = keyof typeof nicknameThemes;

function words(listed: string): readonly string[] {
  return listed.trim().split(/\s+/);
}

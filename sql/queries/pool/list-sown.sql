-- The version of each category's seed that has been sown.
SELECT category, checksum FROM sown_categories

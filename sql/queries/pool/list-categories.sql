-- Categories and how many different questions each has. Spellings that differ only in case or outer spaces are one.
SELECT min(btrim(category)) AS category, count(DISTINCT question)::INTEGER AS questions
FROM questions
GROUP BY lower(btrim(category))
ORDER BY 1

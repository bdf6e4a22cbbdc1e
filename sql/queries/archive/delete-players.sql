-- Those who enrolled in the party $1; the final players take their place in the same transaction.
DELETE FROM party_players WHERE party_id = $1

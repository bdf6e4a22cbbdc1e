-- Those who enrolled; the final players take their place in the same transaction.
DELETE FROM party_players WHERE party_id = $1

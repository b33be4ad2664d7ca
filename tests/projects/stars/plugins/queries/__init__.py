class Inserts:
    facts = 'SELECT * FROM staged'
    users = 'SELECT DISTINCT user_id FROM staged'
    songs = 'SELECT DISTINCT song_id FROM staged'

class SqlQueries:
    songplay_table_insert = ("""
        SELECT md5(events.sessionid || events.start_time) songplay_id, events.userid
        FROM staging_events events
        WHERE page='NextSong'
    """)

    user_table_insert = ("""
        SELECT distinct userid, firstname FROM staging_events WHERE page='NextSong'
    """)

    time_table_insert = ("""
        SELECT start_time, extract(hour from start_time) FROM songplays
    """)

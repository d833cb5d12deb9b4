"""What a map shows, and maps drawn: for the browser with folium, for files as shapes."""

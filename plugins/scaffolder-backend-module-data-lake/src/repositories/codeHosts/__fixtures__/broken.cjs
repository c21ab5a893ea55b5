require('what-it-needs');

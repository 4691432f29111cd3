"""What follows a mark: review requests 复核, appeals 申诉, re-sits 补考, misconduct 违纪."""

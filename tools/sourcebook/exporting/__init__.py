"""What exports are made of: works, what is picked of a library, and the forms that several formats share."""
